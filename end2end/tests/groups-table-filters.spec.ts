// The table of groups: the search field, the filters of its columns, and taking them away.
import { expect, test } from '../fixtures/test.ts';
import { alder, smsTab } from '../support/addresses.ts';
import { openGroups } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { count, expectRows, filterChips, openFilter, resetFilters } from '../support/tables.ts';

test.use({ person: people.alderAdmin });

test('the search answers as one types and keeps the focus', async ({ page }) => {
  const groups = await openGroups(page);
  const field = page.getByRole('searchbox', { name: 'Search groups' });
  await field.pressSequentially('front d');
  await expectRows(groups, ['Front Desk', 'Front Desk Ballard']);
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('front d');
  await expect(page).toHaveURL(smsTab(alder, 'groups', { search: 'front d' }).replace('+', '%20'));
  await field.fill('');
  await expect(count(page, '34 groups')).toBeVisible();
});

test('Reset Filters says why it cannot be used', async ({ page }) => {
  await openGroups(page);
  await expect(resetFilters(page)).toBeDisabled();
  await expect(resetFilters(page)).toHaveAccessibleDescription('No search or filter is active.');
  await page.getByRole('searchbox').fill('desk');
  await expect(resetFilters(page)).toBeEnabled();
  await resetFilters(page).click();
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await expect(resetFilters(page)).toBeDisabled();
});

test('a text filter', async ({ page }) => {
  const groups = await openGroups(page);
  const filter = await openFilter(groups, 'Group Name');
  await filter.getByLabel('Condition').selectOption('starts with');
  await filter.getByLabel('Group Name value').fill('front');
  await expectRows(groups, ['Front Desk', 'Front Desk Ballard']);
  await expect(filterChips(page)).toHaveText(['Group Name starts with “front”']);
  await page.keyboard.press('Escape');
  await expect(filter).toBeHidden();
  const button = groups.getByRole('button', { name: 'Filter Group Name, active: starts with “front”' });
  await expect(button).toBeVisible();
  await expect(button).toBeFocused();

  await button.click();
  await expect(filter.getByLabel('Group Name value')).toHaveValue('front');
  await filter.getByLabel('Condition').selectOption('ends with');
  await filter.getByLabel('Group Name value').fill('desk');
  await expectRows(groups, ['Front Desk']);
  await filter.getByRole('button', { name: 'Clear' }).click();
  await expect(count(page, '34 groups')).toBeVisible();
  await filter.getByRole('button', { name: 'Done' }).click();
  await expect(filter).toBeHidden();
});

test('a number filter', async ({ page }) => {
  const groups = await openGroups(page);
  const filter = await openFilter(groups, 'Group Members');
  await filter.getByLabel('Condition').selectOption('is between');
  await filter.getByLabel('Group Members value').fill('10');
  await filter.getByLabel('and', { exact: true }).fill('11');
  await expect(filterChips(page)).toHaveText(['Group Members is between 10 and 11']);
  await expect(count(page, /^\d+ of 34 groups$/)).toHaveText('8 of 34 groups');
  await page.keyboard.press('Enter');
  await expect(filter).toBeHidden();
});

test('a filter for numbers in any form, and one for groups without', async ({ page }) => {
  const groups = await openGroups(page);
  const filter = await openFilter(groups, 'Group Phone Numbers');
  await filter.getByLabel('Group Phone Numbers value').fill('(425) 555-0110');
  await expectRows(groups, ['Facilities Ballard']);
  await filter.getByLabel('Condition').selectOption('is empty');
  await expectRows(groups, ['Dental Care Ballard', 'Front Desk Ballard', 'Pediatrics']);
  await expect(filterChips(page)).toHaveText(['Group Phone Numbers is empty']);
});

test('filters of several columns must all hold; they survive a reload', async ({ page }) => {
  const groups = await openGroups(page, 'ballard');
  const owner = await openFilter(groups, 'Owner');
  await owner.getByLabel('Owner value').fill('haddad');
  await expectRows(groups, ['Facilities Ballard']);
  await page.keyboard.press('Escape');
  const members = await openFilter(groups, 'Group Members');
  await members.getByLabel('Condition').selectOption('is less than');
  await members.getByLabel('Group Members value').fill('11');
  await expect(page.getByText('No groups match')).toBeVisible();
  await expect(filterChips(page)).toHaveCount(2);
  await expect(page).toHaveURL(/filter=members/);
  await page.reload();
  await expect(filterChips(page)).toHaveText(['Owner contains “haddad”', 'Group Members is less than 11']);
  await expect(page.getByRole('searchbox')).toHaveValue('ballard');
  await page.getByRole('link', { name: 'Remove filter Group Members is less than 11' }).click();
  await expectRows(groups, ['Facilities Ballard']);
});
