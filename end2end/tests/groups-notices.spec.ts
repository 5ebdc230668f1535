// What is said about a group that was saved but is not in sight.
import { expect, test } from '../fixtures/test.ts';
import { alder, smsTab } from '../support/addresses.ts';
import {
  addGroup,
  addGroupAlone,
  expectNotice,
  groupsTable,
  openGroups,
  openUpdateDialog,
  save,
  uniqueName,
  withoutGroupList,
} from '../support/groups.ts';
import { people } from '../support/people.ts';
import { expectNoRow, filterChips, resetFilters, row } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

const HIDDEN = 'The search or a filter hides it.';

test('a new group that the search and a filter hide is told, and shown by resetting both', async ({ page }) => {
  // Comes first of all, so that it stands on the first page.
  const name = uniqueName('A hidden group');
  await page.goto(`${smsTab(alder, 'groups')}?search=ballard&filter=members:gt:5`);
  const groups = groupsTable(page);
  await addGroup(page, { name, owner: 'Fatima Fischer', members: ['Björn Brandt'] });
  await expectNotice(page, `Group ${name} added. ${HIDDEN}`);
  await expectNoRow(groups, name);
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Reset Filters' }).click();
  await expect(row(groups, name)).toBeVisible();
  await expect(filterChips(page)).toHaveCount(0);
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await expect(resetFilters(page)).toBeDisabled();
  await expect(page).toHaveURL(smsTab(alder, 'groups'));
  await expect(page.getByRole('region', { name: 'Notices' }).getByText(name)).toHaveCount(0);
});

test('a group whose new name the search does not find is told too', async ({ page }) => {
  const { name } = await addGroupAlone(page);
  const renamed = uniqueName('A renamed group');
  const opened = await openUpdateDialog(page, name);
  await opened.getByLabel('Group name').fill(renamed);
  await save(opened);
  await expectNotice(page, `Group ${renamed} saved. ${HIDDEN}`);
  await expect(page.getByText('No groups match')).toBeVisible();
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Reset Filters' }).click();
  await expect(row(groupsTable(page), renamed)).toBeVisible();
});

test('a group on another page is a press away', async ({ page }) => {
  const name = uniqueName('Zz group');
  const groups = await openGroups(page);
  await addGroup(page, { name, owner: 'Fatima Fischer', members: ['Björn Brandt'] });
  await expectNoRow(groups, name);
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Show it' }).click();
  await expect(row(groups, name)).toBeVisible();
  await expect(page).toHaveURL(/page=\d/);
});

test('a group in sight is told without further ado', async ({ page }) => {
  const name = uniqueName('Seen');
  const groups = await openGroups(page, name);
  await addGroup(page, { name, owner: 'Fatima Fischer', members: ['Björn Brandt'] });
  await expect(row(groups, name)).toBeVisible();
  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices.getByText(`Group ${name} added.`, { exact: true })).toBeVisible();
  await expect(notices.getByRole('button', { name: /Reset Filters|Show it/ })).toHaveCount(0);
});

test.describe('where the server answers', () => {
  test('a new group that is not among all that match is told as hidden', async ({ page, quiet }) => {
    await withoutGroupList(page, quiet);
    const name = uniqueName('A hidden group');
    await page.goto(`${smsTab(alder, 'groups')}?search=ballard&filter=members:gt:5`);
    await addGroup(page, { name, owner: 'Fatima Fischer', members: ['Björn Brandt'] });
    await expectNotice(page, `Group ${name} added. ${HIDDEN}`);
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Reset Filters' }).click();
    await expect(row(groupsTable(page), name)).toBeVisible();
    await expect(resetFilters(page)).toBeDisabled();
  });

  test('a new group that is not on the page is told as perhaps hidden', async ({ page, quiet }) => {
    await withoutGroupList(page, quiet);
    const name = uniqueName('A hidden group');
    await page.goto(`${smsTab(alder, 'groups')}?filter=name:excludes:hidden`);
    await expect(page.getByRole('link', { name: 'Next page' })).toBeEnabled();
    await addGroup(page, { name, owner: 'Fatima Fischer', members: ['Björn Brandt'] });
    const told = 'It is not on this page; the search or a filter may hide it.';
    await expectNotice(page, `Group ${name} added. ${told}`);
    await expectNoRow(groupsTable(page), name);
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Reset Filters' }).click();
    await expect(row(groupsTable(page), name)).toBeVisible();
    await expect(filterChips(page)).toHaveCount(0);
  });

  test('a group in sight is told without further ado', async ({ page, quiet }) => {
    await withoutGroupList(page, quiet);
    const name = uniqueName('Seen');
    const groups = await openGroups(page, name);
    await addGroup(page, { name, owner: 'Fatima Fischer', members: ['Björn Brandt'] });
    await expect(row(groups, name)).toBeVisible();
    const notices = page.getByRole('region', { name: 'Notices' });
    await expect(notices.getByText(`Group ${name} added.`, { exact: true })).toBeVisible();
    await expect(notices.getByRole('button', { name: 'Reset Filters' })).toHaveCount(0);
  });
});
