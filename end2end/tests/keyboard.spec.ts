// Groups and tables without a mouse, from the top of the page on. Adding to the pickers key by key is in groups-adding.spec.ts;
// numbers, people and tasks have files of their own, keyboard-….spec.ts.
import { expect, test } from '../fixtures/test.ts';
import {
  addGroupAlone,
  chosen,
  dialog,
  expectNotice,
  groupsTable,
  openGroups,
  picker,
  question,
  uniqueName,
} from '../support/groups.ts';
import { walkTo } from '../support/keyboard.ts';
import { people } from '../support/people.ts';
import { expectNoRow, expectRow, expectRows, filterChips, row } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

test('adding a group', async ({ page }) => {
  const name = uniqueName('By keyboard');
  const groups = await openGroups(page, name);
  await walkTo(page, page.getByRole('button', { name: 'Add SMS Group' }).first());
  await page.keyboard.press('Enter');
  const opened = dialog(page, 'Add SMS Group');
  await expect(opened.getByLabel('Group name')).toBeFocused();
  await page.keyboard.type(name);

  await walkTo(page, picker(opened, 'Team owner'));
  await page.keyboard.type('fatima fi');
  await expect(opened.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(picker(opened, 'Team owner')).toHaveValue('Fatima Fischer');

  await walkTo(page, picker(opened, 'Members'));
  await page.keyboard.type('björn br');
  await expect(opened.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(chosen(opened, 'Members')).toHaveText(['Björn Brandt']);
  await page.keyboard.press('Escape');

  await walkTo(page, opened.getByRole('button', { name: 'Save' }));
  await page.keyboard.press('Space');
  await expect(opened).toBeHidden();
  await expectNotice(page, `Group ${name} added.`);
  await expectRow(groups, { 'Group Name': name, 'Group Members': '1', Owner: 'Fatima Fischer' });
});

test('updating a group', async ({ page }) => {
  const { name } = await addGroupAlone(page);
  const groups = groupsTable(page);
  await page.reload();
  await walkTo(page, row(groups, name).getByRole('link', { name: `Update ${name}` }));
  await page.keyboard.press('Enter');
  const opened = dialog(page, 'Update SMS Group');
  await expect(opened.getByLabel('Group name')).toHaveValue(name);
  await expect(opened.getByLabel('Group name')).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.type(' renamed');

  await walkTo(page, picker(opened, 'Members'));
  await page.keyboard.type('camila ca');
  await expect(opened.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(chosen(opened, 'Members')).toHaveText(['Björn Brandt', 'Camila Castillo']);
  await page.keyboard.press('Escape');

  await walkTo(page, opened.getByRole('button', { name: 'Save' }));
  await page.keyboard.press('Enter');
  await expect(opened).toBeHidden();
  await expectRow(groups, { 'Group Name': `${name} renamed`, 'Group Members': '2' });
  await expect(row(groups, `${name} renamed`).getByRole('link', { name: `Update ${name} renamed` })).toBeFocused();
});

test('leaving an update without saving', async ({ page }) => {
  const { name } = await addGroupAlone(page);
  const groups = groupsTable(page);
  await page.reload();
  const link = row(groups, name).getByRole('link', { name, exact: true });
  await walkTo(page, link);
  await page.keyboard.press('Enter');
  const opened = dialog(page, 'Update SMS Group');
  await expect(opened.getByLabel('Group name')).toBeFocused();
  await page.keyboard.type('x');
  await page.keyboard.press('Escape');
  const asked = question(page, 'Discard your changes?');
  await expect(asked.getByRole('button', { name: 'Keep editing' })).toBeFocused();
  await walkTo(page, asked.getByRole('button', { name: 'Discard' }));
  await page.keyboard.press('Enter');
  await expect(opened).toBeHidden();
  await expect(link).toBeFocused();
});

test('deleting a group', async ({ page }) => {
  const { name } = await addGroupAlone(page);
  const groups = groupsTable(page);
  await page.reload();
  const link = row(groups, name).getByRole('link', { name: `Delete ${name}` });
  const asked = question(page, `Delete group ${name}?`);

  await walkTo(page, link);
  await page.keyboard.press('Enter');
  await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await expect(link).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(asked.getByRole('listitem').first()).toBeVisible();
  await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await walkTo(page, asked.getByRole('button', { name: 'Delete group' }));
  await page.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await expectNotice(page, `Group ${name} deleted.`);
  await expectNoRow(groups, name);
});

test('filtering, and taking the filter away', async ({ page }) => {
  const groups = await openGroups(page);
  const button = groups.getByRole('button', { name: /^Filter Group Members/ });
  await walkTo(page, button);
  await page.keyboard.press('Enter');
  const filter = page.getByRole('dialog', { name: 'Filter by Group Members' });
  await expect(filter).toBeVisible();
  await walkTo(page, filter.getByLabel('Condition'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await walkTo(page, filter.getByLabel('Group Members value'));
  await page.keyboard.type('10');
  await expect(filterChips(page)).toHaveText(['Group Members is greater than 10']);
  const large = ['Facilities Ballard', 'Patient Transport', 'Pediatrics', 'Physical Therapy Ballard'];
  await expectRows(groups, large);
  await page.keyboard.press('Escape');
  await expect(filter).toBeHidden();
  await expect(button).toBeFocused();

  await walkTo(page, page.getByRole('link', { name: 'Remove filter Group Members is greater than 10' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(filterChips(page)).toHaveCount(0);
  await expect(groups.getByRole('rowheader')).toHaveCount(25);
});

test('choosing columns', async ({ page }) => {
  const groups = await openGroups(page);
  const button = page.getByRole('button', { name: 'View options' });
  await walkTo(page, button);
  await page.keyboard.press('Enter');
  const options = page.getByRole('dialog', { name: 'View options' });
  await walkTo(page, options.getByRole('checkbox', { name: 'Owner' }));
  await page.keyboard.press('Space');
  await expect(groups.getByRole('columnheader')).toHaveCount(4);
  await page.keyboard.press('Escape');
  await expect(options).toBeHidden();
  await expect(button).toBeFocused();
});
