// Every page and dialog, in both themes, before axe.
import { expect, hydrated, signedOut, test } from '../fixtures/test.ts';
import { expectAccessible } from '../support/accessibility.ts';
import { alder, borealis, configuration, smsTab } from '../support/addresses.ts';
import { dialog, openAddDialog, openDeleteDialog, openGroups, openUpdateDialog, picker, question, save } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { accountMenu } from '../support/sign-in.ts';
import { openFilter } from '../support/tables.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, person: people.alderAdmin });

    for (const [what, address] of Object.entries({
      'the General tab': smsTab(alder, 'general'),
      'the Groups tab': smsTab(alder, 'groups'),
      'the Groups tab, filtered': `${smsTab(alder, 'groups')}?search=desk&filter=members:ge:1&sort=-owner`,
      'the Groups tab without a match': smsTab(alder, 'groups', { search: 'no such group' }),
      'the Carriers tab': smsTab(alder, 'carriers'),
      'the Domains tab': smsTab(alder, 'domains'),
      'the Configuration page': configuration(alder),
      'a help page': '/help/sms-groups',
    })) {
      test(`${what} has nothing to report`, async ({ page }) => {
        await page.goto(address);
        await expectAccessible(page);
      });
    }

    test('pages that are not there have nothing to report', async ({ page, quiet }) => {
      quiet.expectAnswer(404);
      await page.goto('/nowhere');
      await expectAccessible(page);
      await page.goto('/e/nobody');
      await expectAccessible(page);
    });

    test('the Add dialog has nothing to report', async ({ page, quiet }) => {
      quiet.expectAnswer(422);
      await openGroups(page, 'front desk');
      const opened = await openAddDialog(page);
      await expectAccessible(page);
      await save(opened);
      await expect(opened.getByRole('alert')).toBeVisible();
      await expectAccessible(page);
      await picker(opened, 'Members').fill('rosa');
      await expect(opened.getByRole('option').first()).toBeVisible();
      await expectAccessible(page);
    });

    test('the Update dialog and its question have nothing to report', async ({ page }) => {
      await openGroups(page, 'appointments');
      const opened = await openUpdateDialog(page, 'Appointments');
      await expectAccessible(page);
      await opened.getByLabel('Group name').fill('Appointments too');
      await page.keyboard.press('Escape');
      await expect(question(page, 'Discard your changes?')).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Discard' }).click();
      await expect(dialog(page, 'Update SMS Group')).toBeHidden();
      await expectAccessible(page);
    });

    test('the Delete dialog has nothing to report', async ({ page }) => {
      await openGroups(page, 'appointments');
      await openDeleteDialog(page, 'Appointments');
      await expectAccessible(page);
    });

    test('menus, filters and tooltips have nothing to report', async ({ page }) => {
      const groups = await openGroups(page, 'front desk');
      await openFilter(groups, 'Group Name');
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await page.getByRole('banner').getByText('Services').click();
      await expectAccessible(page);
      await accountMenu(page, people.alderAdmin).click();
      await expectAccessible(page);
      await page.goto(smsTab(alder, 'general'));
      await page.getByRole('button', { name: 'About Group Texting' }).focus();
      await expect(page.getByRole('tooltip')).toBeVisible();
      await expectAccessible(page);
    });

    test('the sign-in page has nothing to report', async ({ browser, baseURL, quiet }) => {
      quiet.expectAnswer(422);
      const context = await browser.newContext({
        ...(baseURL ? { baseURL } : {}),
        colorScheme,
        storageState: signedOut,
      });
      const page = await context.newPage();
      quiet.watch(page);
      await page.goto('/sign-in');
      await hydrated(page);
      await expectAccessible(page);
      await page.getByLabel('E-mail address').fill('nobody@alderclinics.example');
      await page.getByLabel('Password').fill('wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
      await expectAccessible(page);
      await context.close();
    });

    test('what a viewer and a legacy enterprise see has nothing to report', async ({ getPageAsUser }) => {
      const viewer = await getPageAsUser(people.alderViewer, { colorScheme });
      await openGroups(viewer, 'front desk');
      await expectAccessible(viewer);
      const legacy = await getPageAsUser(people.borealisAdmin, { colorScheme });
      for (const tab of ['general', 'groups', 'domains'] as const) {
        await legacy.goto(smsTab(borealis, tab));
        await expectAccessible(legacy);
      }
      await legacy.goto(configuration(borealis));
      await expectAccessible(legacy);
      const both = await getPageAsUser(people.adminOfBoth, { colorScheme });
      await both.goto('/');
      await expectAccessible(both);
    });

    test('a phone has nothing to report', async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await openGroups(page, 'front desk');
      await expectAccessible(page);
      await openAddDialog(page);
      await expectAccessible(page);
    });
  });
}
