// Undoing the deletion of a group.
import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures/test.ts';
import { alder, smsTab } from '../support/addresses.ts';
import {
  addGroup,
  addGroupAlone,
  expectNotice,
  fillGroup,
  groupsTable,
  openAddDialog,
  openDeleteDialog,
  openGroups,
  openUpdateDialog,
  pick,
  save,
  uniqueName,
} from '../support/groups.ts';
import { people } from '../support/people.ts';
import { call, text, uuid } from '../support/postcard.ts';
import { expectNoRow, expectRow, expectRows, row, search } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

/** The notices of the page. */
function notices(page: Page): Locator {
  return page.getByRole('region', { name: 'Notices' });
}

function undoButton(page: Page): Locator {
  return notices(page).getByRole('button', { name: 'Undo' });
}

/** Deletes a group of the open tab; the notice of it is there afterwards. */
async function deleteGroup(page: Page, name: string): Promise<void> {
  const asked = await openDeleteDialog(page, name);
  await asked.getByRole('button', { name: 'Delete group' }).click();
  await expect(asked).toBeHidden();
  await expectNotice(page, `Group ${name} deleted.`);
}

test('Undo brings the group back at once, with everything in it and under its old address', async ({ page }) => {
  const { name, taken } = await addGroupAlone(page, { members: ['Björn Brandt', 'Camila Castillo'], numbers: 2 });
  await openUpdateDialog(page, name);
  const address = page.url();
  await page.keyboard.press('Escape');
  await deleteGroup(page, name);
  await expectNoRow(groupsTable(page), name);
  await expect(page.getByRole('status').filter({ hasText: `Group ${name} deleted.` })).toBeVisible();

  await undoButton(page).click();
  await expectNotice(page, `Group ${name} restored.`);
  await expect(undoButton(page)).toHaveCount(0);
  const values = {
    'Group Name': name,
    'Group Members': '2',
    'Group Phone Numbers': taken,
    Owner: 'Aaliyah Abbott',
  };
  await expectRow(groupsTable(page), values);
  await page.reload();
  await expectRow(groupsTable(page), values);
  await page.goto(address);
  await expect(page.getByRole('dialog', { name: 'Update SMS Group' }).getByLabel('Group name')).toHaveValue(name);
});

test('the row comes back to its place in the order', async ({ page }) => {
  const mark = uniqueName('Order');
  const groups = await openGroups(page, mark);
  const names = ['a', 'b', 'c'].map((letter) => `${mark} ${letter}`);
  for (const name of names) {
    await addGroup(page, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
  }
  await deleteGroup(page, `${mark} b`);
  await expectRows(groups, [`${mark} a`, `${mark} c`]);
  await undoButton(page).click();
  await expectRows(groups, names);
});

test('Undo is done by keyboard', async ({ page }) => {
  const { name } = await addGroupAlone(page);
  await deleteGroup(page, name);
  await undoButton(page).focus();
  await page.keyboard.press('Enter');
  await expect(row(groupsTable(page), name)).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();
});

test('Undo stays for ten minutes', async ({ page }) => {
  await page.clock.install();
  const { name } = await addGroupAlone(page);
  await deleteGroup(page, name);
  await page.clock.runFor('09:50');
  await expect(undoButton(page)).toBeVisible();
  // The pointer on the notice does not make more of it.
  await undoButton(page).hover();
  await page.clock.runFor('00:20');
  await expect(undoButton(page)).toHaveCount(0);
});

test('a page that is loaded again offers Undo again, until the group is back', async ({ page }) => {
  const { name } = await addGroupAlone(page);
  await deleteGroup(page, name);
  await page.reload();
  await expectNotice(page, `Group ${name} deleted.`);
  await undoButton(page).click();
  await expectNotice(page, `Group ${name} restored.`);
  await expectRows(groupsTable(page), [name]);
  await page.reload();
  await expectRows(groupsTable(page), [name]);
  await openUpdateDialog(page, name);
  await expect(undoButton(page)).toHaveCount(0);
});

test('a page that was left offers Undo again for what is left of the ten minutes', async ({ page }) => {
  await page.clock.install();
  const { name } = await addGroupAlone(page);
  await deleteGroup(page, name);
  await page.clock.runFor('09:00');
  await page.goto(smsTab(alder, 'general'));
  await expect(page.getByRole('heading', { name: 'SMS', level: 1 })).toBeVisible();
  await expect(undoButton(page)).toHaveCount(0);
  await openGroups(page, name);
  await expect(undoButton(page)).toBeVisible();
  await page.clock.runFor('01:10');
  await expect(undoButton(page)).toHaveCount(0);
});

test('Undo that is still offered is not offered a second time', async ({ page }) => {
  const { name } = await addGroupAlone(page);
  await deleteGroup(page, name);
  const tabs = page.getByRole('navigation', { name: 'SMS settings' });
  await tabs.getByRole('link', { name: 'General' }).click();
  await expect(page).toHaveURL(smsTab(alder, 'general'));
  await tabs.getByRole('link', { name: 'Groups' }).click();
  await expect(groupsTable(page)).toBeVisible();
  await expect(undoButton(page)).toHaveCount(1);
});

test('what cannot come back is listed by name', async ({ page, getPageAsUser }) => {
  const { name, taken } = await addGroupAlone(page, { numbers: 2 });
  const [lost = '', kept = ''] = taken;
  await deleteGroup(page, name);

  const other = await getPageAsUser(people.adminOfBoth);
  const quick = uniqueName('Quick');
  await openGroups(other, quick);
  const opened = await openAddDialog(other);
  await fillGroup(opened, { name: quick, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
  await pick(opened, 'SMS numbers', lost);
  await save(opened);
  await expect(opened).toBeHidden();

  await undoButton(page).click();
  await expectNotice(page, `Group ${name} came back without ${lost} (belongs to ${quick} now).`);
  await expectRow(groupsTable(page), { 'Group Name': name, 'Group Phone Numbers': [kept] });
});

test('a name that is taken meanwhile is told, and Undo works once it is free', async ({ page, getPageAsUser, quiet }) => {
  quiet.expectAnswer(409);
  const { name } = await addGroupAlone(page);
  await deleteGroup(page, name);

  const other = await getPageAsUser(people.adminOfBoth);
  await openGroups(other, name);
  await addGroup(other, { name, owner: 'Fatima Fischer', members: ['Björn Brandt'] });
  await undoButton(page).click();
  const refused = page.getByRole('alert').filter({ hasText: `Group ${name} was not restored.` });
  await expect(refused).toContainText(`Another group is called ${name} now.`);

  const opened = await openUpdateDialog(other, name);
  await opened.getByLabel('Group name').fill(`${name} two`);
  await save(opened);
  await expect(opened).toBeHidden();
  await refused.getByRole('button', { name: 'Undo' }).click();
  await expectNotice(page, `Group ${name} restored.`);
});

test('of two who undo at the same time one is told', async ({ page, quiet, getPageAsUser }) => {
  quiet.expectAnswer(409);
  const { name } = await addGroupAlone(page);
  await openUpdateDialog(page, name);
  const id = new URL(page.url()).searchParams.get('id') ?? '';
  await page.keyboard.press('Escape');
  await deleteGroup(page, name);
  const other = await getPageAsUser(people.adminOfBoth);
  const restored = await call(other.request, '/rpc/sms_group/restore', text(alder), uuid(id));
  expect(restored.status()).toBe(200);
  await undoButton(page).click();
  await expect(page.getByRole('alert').filter({ hasText: 'The group is back already' })).toBeVisible();
});

test('a try that does not come through can be made again', async ({ page, quiet }) => {
  quiet.expectMessage(/Failed to load resource/);
  const { name } = await addGroupAlone(page);
  await deleteGroup(page, name);
  await page.route('**/rpc/sms_group/restore', (route) => route.abort());
  await undoButton(page).click();
  const failed = page.getByRole('alert').filter({ hasText: `Group ${name} was not restored.` });
  await expect(failed).toContainText('The portal could not be reached.');
  await page.unroute('**/rpc/sms_group/restore');
  await failed.getByRole('button', { name: 'Undo' }).click();
  await expect(row(groupsTable(page), name)).toBeVisible();
});

test.describe('another tab', () => {
  test('keeps Undo; the notice leads to the group', async ({ page }) => {
    const { name } = await addGroupAlone(page);
    await deleteGroup(page, name);
    const tabs = page.getByRole('navigation', { name: 'SMS settings' });
    await tabs.getByRole('link', { name: 'Carriers' }).click();
    await expect(page).toHaveURL(smsTab(alder, 'carriers'));
    await undoButton(page).click();
    await expectNotice(page, `Group ${name} restored.`);
    await notices(page).getByRole('link', { name: 'Show it' }).click();
    await expectRows(groupsTable(page), [name]);
  });

  test('and back again: the row appears in the table that is open now', async ({ page }) => {
    const { name } = await addGroupAlone(page);
    await deleteGroup(page, name);
    const tabs = page.getByRole('navigation', { name: 'SMS settings' });
    await tabs.getByRole('link', { name: 'General' }).click();
    await expect(page).toHaveURL(smsTab(alder, 'general'));
    await tabs.getByRole('link', { name: 'Groups' }).click();
    await search(page, name);
    await expect(page.getByText('No groups match')).toBeVisible();
    await undoButton(page).click();
    await expectRows(groupsTable(page), [name]);
  });
});
