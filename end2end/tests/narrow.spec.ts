// Narrow windows: the page never scrolls sideways, and everything stays within reach.
import { expect, test } from '../fixtures/test.ts';
import { expectNoSidewaysScroll } from '../support/accessibility.ts';
import { alder, borealis, configuration, smsTab } from '../support/addresses.ts';
import { chosen, dialog, openGroups, pick, pickFreeNumber, picker } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { accountMenu } from '../support/sign-in.ts';
import { openFilter, table } from '../support/tables.ts';

for (const width of [320, 390, 1024]) {
  test.describe(`${width} px`, () => {
    test.use({ person: people.adminOfBoth, viewport: { width, height: 800 } });

    test('no page is wider than the window', async ({ page, quiet }) => {
      quiet.expectAnswer(404);
      for (const address of [
        '/',
        smsTab(alder, 'general'),
        `${smsTab(alder, 'groups')}?filter=members:ge:1&filter=name:excludes:something-that-is-rather-long`,
        smsTab(alder, 'carriers'),
        smsTab(alder, 'domains'),
        smsTab(borealis, 'general'),
        smsTab(borealis, 'carriers'),
        smsTab(borealis, 'groups'),
        configuration(borealis),
        '/help/sms-groups',
        '/nowhere',
      ]) {
        await page.goto(address);
        await expect(page.getByRole('main')).toBeVisible();
        await expectNoSidewaysScroll(page);
      }
    });

    test('dialogs, menus and filters fit', async ({ page }) => {
      await openGroups(page, 'front desk');
      await page.getByRole('link', { name: 'Front Desk', exact: true }).click();
      const opened = dialog(page, 'Update SMS Group');
      await pick(opened, 'Members', 'Björn Brandt');
      await expect(chosen(opened, 'Members').filter({ hasText: 'Björn Brandt' })).toBeVisible();
      // The list of members stays open for more, over what comes next.
      await picker(opened, 'Members').press('Escape');
      await pickFreeNumber(opened);
      await expectNoSidewaysScroll(page);
      for (const part of [opened, opened.getByRole('button', { name: 'Save' }), picker(opened, 'SMS numbers')]) {
        await expect(part).toBeInViewport({ ratio: 0.9 });
      }
      await picker(opened, 'SMS numbers').press('Escape');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Discard' }).click();
      await accountMenu(page, people.adminOfBoth).or(page.getByRole('banner').getByRole('group').last()).first().click();
      await expect(page.getByRole('button', { name: 'Sign out everywhere' })).toBeInViewport({ ratio: 1 });
      await expectNoSidewaysScroll(page);
    });
  });
}

test.describe('a phone', () => {
  test.use({ person: people.alderAdmin, viewport: { width: 390, height: 844 }, hasTouch: true });

  test('shows each group as a card with its values named', async ({ page }) => {
    await openGroups(page, 'appointments');
    const card = page.getByRole('row').filter({ hasText: 'Ivan Lindqvist' });
    await expect(card).toContainText('+1 206 555 0102');
    await expect(card.getByRole('link', { name: 'Update Appointments' })).toBeInViewport();
    await expect(card.getByRole('link', { name: 'Delete Appointments' })).toBeInViewport();
  });

  test('can sort and filter', async ({ page }) => {
    const groups = await openGroups(page);
    const filter = await openFilter(groups, 'Group Name');
    await expect(filter).toBeInViewport({ ratio: 0.95 });
    await filter.getByLabel('Group Name value').fill('front');
    await expect(table(page, 'SMS groups').getByRole('rowheader')).toHaveCount(2);
  });
});
