// The table of groups: Back and forth through what it showed, and the focus meanwhile.
import { expect, test } from '../fixtures/test.ts';
import { alder, atTab } from '../support/addresses.ts';
import { openGroups } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { count, expectRows, filterChips, heading, openFilter, sortBy } from '../support/tables.ts';

test.use({ person: people.alderAdmin });

test('Back walks through orders and pages', async ({ page }) => {
  const groups = await openGroups(page);
  await sortBy(groups, 'Owner').click();
  await expect(heading(groups, 'Owner')).toHaveAttribute('aria-sort', 'ascending');
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByText('26–34 of 34')).toBeVisible();
  // What the table shows comes first, its place in the address a moment later.
  await expect(page).toHaveURL(/page=2/);
  await page.goBack();
  await expect(page.getByText('1–25 of 34')).toBeVisible();
  await expect(heading(groups, 'Owner')).toHaveAttribute('aria-sort', 'ascending');
  await page.goBack();
  await expect(heading(groups, 'Group Name')).toHaveAttribute('aria-sort', 'ascending');
  await page.goForward();
  await expect(heading(groups, 'Owner')).toHaveAttribute('aria-sort', 'ascending');
});

test('Back takes away one filter after the other, each with all of its keys', async ({ page }) => {
  const groups = await openGroups(page);
  const byName = await openFilter(groups, 'Group Name');
  await byName.getByLabel('Group Name value').pressSequentially('ballard');
  await expect(count(page, '17 of 34 groups')).toBeVisible();
  await expect(page).toHaveURL(/ballard/);
  await byName.getByRole('button', { name: 'Done' }).click();
  const byMembers = await openFilter(groups, 'Group Members');
  await byMembers.getByLabel('Condition').selectOption('is less than');
  await byMembers.getByLabel('Group Members value').fill('7');
  await expect(count(page, '8 of 34 groups')).toBeVisible();
  await expect(page).toHaveURL(/members/);
  await byMembers.getByRole('button', { name: 'Done' }).click();

  await page.goBack();
  await expect(count(page, '17 of 34 groups')).toBeVisible();
  await expect(filterChips(page)).toHaveText(['Group Name contains “ballard”']);
  await page.goBack();
  await expect(count(page, '34 groups')).toBeVisible();
  await expect(filterChips(page)).toHaveCount(0);
  await page.goForward();
  await expect(count(page, '17 of 34 groups')).toBeVisible();
  await page.goForward();
  await expect(count(page, '8 of 34 groups')).toBeVisible();
});

test('what follows at once is a step of its own', async ({ page }) => {
  const groups = await openGroups(page);
  const next = await page.getByRole('link', { name: 'Next page' }).elementHandle();
  // Quicker than the first step gets into the address.
  await sortBy(groups, 'Owner').evaluate(async (sort, next) => {
    (sort as HTMLElement).click();
    await new Promise((resolve) => setTimeout(resolve));
    (next as HTMLElement).click();
  }, next);
  await expect(page.getByText('26–34 of 34')).toBeVisible();
  await expect(page).toHaveURL(/page=2/);
  await page.goBack();
  await expect(page.getByText('1–25 of 34')).toBeVisible();
  await expect(heading(groups, 'Owner')).toHaveAttribute('aria-sort', 'ascending');
});

test('Back from another page finds the search again', async ({ page }) => {
  const groups = await openGroups(page);
  await page.getByRole('searchbox').fill('desk');
  await expectRows(groups, ['Front Desk', 'Front Desk Ballard']);
  await expect(page).toHaveURL(/search=desk/);
  await page.getByRole('navigation', { name: 'SMS settings' }).getByRole('link', { name: 'General' }).click();
  await expect(page).toHaveURL(atTab(alder, 'general'));
  await page.goBack();
  await expectRows(groups, ['Front Desk', 'Front Desk Ballard']);
  await expect(page.getByRole('searchbox')).toHaveValue('desk');
});

test('Back finds also the search that was left at once', async ({ page }) => {
  const groups = await openGroups(page);
  const general = page.getByRole('navigation', { name: 'SMS settings' }).getByRole('link', { name: 'General' });
  // Quicker than the search gets into the address.
  await page.getByRole('searchbox').evaluate(
    (field, link) => {
      (field as HTMLInputElement).value = 'desk';
      field.dispatchEvent(new Event('input', { bubbles: true }));
      (link as HTMLElement).click();
    },
    await general.elementHandle(),
  );
  await expect(page).toHaveURL(atTab(alder, 'general'));
  await page.goBack();
  await expectRows(groups, ['Front Desk', 'Front Desk Ballard']);
  await expect(page.getByRole('searchbox')).toHaveValue('desk');
});

test('Back undoes also the search that was just typed', async ({ page }) => {
  const groups = await openGroups(page);
  await page.getByRole('searchbox').evaluate((field) => {
    (field as HTMLInputElement).value = 'desk';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    // As Alt+Left does, where a browser has it.
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Alt', altKey: true, bubbles: true }));
    history.back();
  });
  await expect(count(page, '34 groups')).toBeVisible();
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await page.goForward();
  await expectRows(groups, ['Front Desk', 'Front Desk Ballard']);
  await expect(page.getByRole('searchbox')).toHaveValue('desk');
});

test('sorting and paging by keyboard keep the focus where it was', async ({ page }) => {
  const groups = await openGroups(page);
  await sortBy(groups, 'Owner').focus();
  await page.keyboard.press('Enter');
  await expect(heading(groups, 'Owner')).toHaveAttribute('aria-sort', 'ascending');
  await expect(sortBy(groups, 'Owner')).toBeFocused();
  await page.getByRole('link', { name: 'Next page' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('26–34 of 34')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Next page' })).toBeFocused();
});
