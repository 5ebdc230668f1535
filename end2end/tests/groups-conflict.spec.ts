// Two admins change the same group at the same time.
import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures/test.ts';
import {
  addGroupAlone,
  chosen,
  groupsTable,
  openGroups,
  openUpdateDialog,
  pick,
  pickFreeNumber,
  picker,
  save,
} from '../support/groups.ts';
import { people } from '../support/people.ts';
import { expectRow } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

/** Both open a group; the other one adds a member and a number, changes the owner, and saves first. */
async function bothEdit(page: Page, other: Page) {
  const group = await addGroupAlone(page, { members: ['Björn Brandt', 'Elif Eriksen'] });
  const mine = await openUpdateDialog(page, group.name);
  await openGroups(other, group.name);
  const theirs = await openUpdateDialog(other, group.name);
  await pick(theirs, 'Team owner', 'Fatima Fischer');
  await pick(theirs, 'Members', 'Camila Castillo');
  await theirs.getByRole('button', { name: 'Remove Elif Eriksen' }).click();
  const number = await pickFreeNumber(theirs);
  await save(theirs);
  await expect(theirs).toBeHidden();
  return { name: group.name, mine, number };
}

function notice(dialog: Locator): Locator {
  return dialog.getByRole('status').filter({ hasText: 'Somebody else saved this group while you were editing it' });
}

test('the second save is refused with what changed', async ({ page, getPageAsUser, quiet }) => {
  quiet.expectAnswer(409);
  const { name, mine, number } = await bothEdit(page, await getPageAsUser(people.adminOfBoth));
  await mine.getByLabel('Group name').fill(`${name} mine`);
  await save(mine);
  await expect(notice(mine).getByRole('listitem')).toHaveText([
    'Group name: changed by you only.',
    'Team owner: changed by them only. They made Fatima Fischer the owner.',
    'Members: changed by them only. They added Camila Castillo. They removed Elif Eriksen.',
    `SMS numbers: changed by them only. They added ${number}.`,
  ]);
  await expect(mine.getByRole('button', { name: 'Save' })).toBeDisabled();
  await expect(mine.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(
    'Choose above what to do with the newer version.',
  );
  await expect(mine.getByLabel('Group name')).toHaveValue(`${name} mine`);
});

/** Both open a group; the other one renames it to what is answered, and saves. */
async function otherRenames(page: Page, other: Page) {
  const { name } = await addGroupAlone(page);
  const mine = await openUpdateDialog(page, name);
  await openGroups(other, name);
  const theirs = await openUpdateDialog(other, name);
  await theirs.getByLabel('Group name').fill(`${name} theirs`);
  await save(theirs);
  await expect(theirs).toBeHidden();
  return { name, mine, renamed: `${name} theirs` };
}

test('who changed different fields loses nothing', async ({ page, getPageAsUser, quiet }) => {
  quiet.expectAnswer(409);
  const { mine, renamed } = await otherRenames(page, await getPageAsUser(people.adminOfBoth));
  await pick(mine, 'Members', 'Darius Duarte');
  await save(mine);
  await expect(notice(mine).getByRole('listitem')).toHaveText([
    `Group name: changed by them only. They renamed it to ${renamed}.`,
    'Members: changed by you only.',
  ]);
  await mine.getByRole('button', { name: 'Apply my changes to their version' }).click();
  await expect(mine.getByLabel('Group name')).toHaveValue(renamed);
  await save(mine);
  await expect(mine).toBeHidden();
  await expectRow(groupsTable(page), { 'Group Name': renamed, 'Group Members': '2' });
});

test('a field that both changed differently is told, and follows what is typed', async ({
  page,
  getPageAsUser,
  quiet,
}) => {
  quiet.expectAnswer(409);
  const { name, mine, renamed } = await otherRenames(page, await getPageAsUser(people.adminOfBoth));
  const field = mine.getByLabel('Group name');
  await field.fill(`${name} mine`);
  await save(mine);
  const line = notice(mine).getByRole('listitem');
  await expect(line).toHaveText(
    `Group name: changed by both of you, differently. They renamed it to ${renamed}. ` +
      'Applying your changes replaces theirs here.',
  );
  await field.fill(name);
  await expect(line).toHaveText(`Group name: changed by them only. They renamed it to ${renamed}.`);
  await field.fill(`${name} mine`);
  await mine.getByRole('button', { name: 'Apply my changes to their version' }).click();
  await expect(notice(mine)).toBeHidden();
  await expect(field).toHaveValue(`${name} mine`);
  await save(mine);
  await expect(mine).toBeHidden();
  await expectRow(groupsTable(page), { 'Group Name': `${name} mine` });
});

test('a field that both changed to the same is no contradiction', async ({ page, getPageAsUser, quiet }) => {
  quiet.expectAnswer(409);
  const { mine, renamed } = await otherRenames(page, await getPageAsUser(people.adminOfBoth));
  await mine.getByLabel('Group name').fill(renamed);
  await save(mine);
  await expect(notice(mine).getByRole('listitem')).toHaveText(
    `Group name: changed by both of you, to the same. They renamed it to ${renamed}.`,
  );
  await mine.getByRole('button', { name: 'Apply my changes to their version' }).click();
  await expect(notice(mine)).toBeHidden();
  await save(mine);
  await expect(mine).toBeHidden();
  await expectRow(groupsTable(page), { 'Group Name': renamed });
});

test('their version can be taken over', async ({ page, getPageAsUser, quiet }) => {
  quiet.expectAnswer(409);
  const { name, mine, number } = await bothEdit(page, await getPageAsUser(people.adminOfBoth));
  await mine.getByLabel('Group name').fill(`${name} mine`);
  await save(mine);
  await mine.getByRole('button', { name: 'Reload their version' }).click();
  await expect(notice(mine)).toBeHidden();
  await expect(mine.getByLabel('Group name')).toHaveValue(name);
  await expect(picker(mine, 'Team owner')).toHaveValue('Fatima Fischer');
  await expect(chosen(mine, 'Members')).toHaveText(['Björn Brandt', 'Camila Castillo']);
  await expect(chosen(mine, 'SMS numbers')).toHaveText([number]);

  await pick(mine, 'Members', 'Darius Duarte');
  await save(mine);
  await expect(mine).toBeHidden();
  await expectRow(groupsTable(page), {
    'Group Name': name,
    'Group Members': '3',
    'Group Phone Numbers': [number],
    Owner: 'Fatima Fischer',
  });
});

test('one can put the own changes on top of theirs, and nothing is lost', async ({ page, getPageAsUser, quiet }) => {
  quiet.expectAnswer(409);
  const { name, mine, number } = await bothEdit(page, await getPageAsUser(people.adminOfBoth));
  await mine.getByLabel('Group name').fill(`${name} mine`);
  await pick(mine, 'Members', 'Darius Duarte');
  await save(mine);
  await mine.getByRole('button', { name: 'Apply my changes to their version' }).click();
  await expect(notice(mine)).toBeHidden();
  await expect(mine.getByLabel('Group name')).toHaveValue(`${name} mine`);
  await expect(picker(mine, 'Team owner')).toHaveValue('Fatima Fischer');
  await expect(chosen(mine, 'Members').filter({ hasText: 'Camila Castillo' })).toBeVisible();
  await expect(chosen(mine, 'Members').filter({ hasText: 'Elif Eriksen' })).toHaveCount(0);
  await save(mine);
  await expect(mine).toBeHidden();
  await expectRow(groupsTable(page), {
    'Group Name': `${name} mine`,
    'Group Members': '3',
    'Group Phone Numbers': [number],
    Owner: 'Fatima Fischer',
  });
});

test('what was typed is asked for before it is dropped, also after taking over', async ({ page, getPageAsUser, quiet }) => {
  quiet.expectAnswer(409);
  const { name, mine } = await bothEdit(page, await getPageAsUser(people.adminOfBoth));
  await mine.getByLabel('Group name').fill(`${name} mine`);
  await save(mine);
  await mine.getByRole('button', { name: 'Apply my changes to their version' }).click();
  await expect(notice(mine)).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog', { name: 'Discard your changes?' })).toBeVisible();
  await page.getByRole('button', { name: 'Keep editing' }).click();
  await mine.getByLabel('Group name').fill(name);
  await page.keyboard.press('Escape');
  await expect(mine).toBeHidden();
});
