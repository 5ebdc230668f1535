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
    'New owner: Fatima Fischer',
    'Added member Camila Castillo',
    'Removed member Elif Eriksen',
    `Added number ${number}`,
  ]);
  await expect(mine.getByRole('button', { name: 'Save' })).toBeDisabled();
  await expect(mine.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(
    'Choose above what to do with the newer version.',
  );
  await expect(mine.getByLabel('Group name')).toHaveValue(`${name} mine`);
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
