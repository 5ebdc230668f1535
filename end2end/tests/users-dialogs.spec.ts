// Giving people numbers, and offboarding them. Each test has people of its own.
import type { Locator, Page } from '@playwright/test';

import type { Portal } from '../fixtures/portal.ts';
import { expect, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { alder, smsTab } from '../support/addresses.ts';
import {
  addGroup,
  chosen,
  expectNotice,
  groupsTable,
  openGroups,
  pickFreeNumber,
  picker,
  save,
  uniqueName,
} from '../support/groups.ts';
import { listens } from '../support/live.ts';
import { people } from '../support/people.ts';
import { call, list, text, uuid } from '../support/postcard.ts';
import { cell, expectNoRow, expectRow, row } from '../support/tables.ts';
import {
  choosePerson,
  expectUser,
  importUsers,
  openAssignment,
  openUser,
  openUsers,
  usersPage,
  usersTable,
} from '../support/users.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

const REASON = 'You can look at everything here but not change it. Ask an admin of your enterprise.';

/** Gives a person so many free numbers; says which. */
async function giveNumbers(page: Page, name: string, many: number): Promise<string[]> {
  await openUsers(page, name);
  const opened = await openAssignment(page, name);
  const numbers: string[] = [];
  while (numbers.length < many) {
    numbers.push(await pickFreeNumber(opened));
  }
  await save(opened);
  await expect(opened).toBeHidden();
  await expectNotice(page, `Numbers of ${name} saved.`);
  return numbers;
}

/** Adds somebody who has a number and owns a group, and another person to hand both to. */
async function somebodyWithAll(page: Page, portal: Portal, leaving: string, staying: string) {
  const [leaver = '', heir = ''] = await importUsers(portal, [{ name: leaving }, { name: staying }]);
  const [number = ''] = await giveNumbers(page, leaver, 1);
  const owned = uniqueName('Owned');
  await openGroups(page, owned);
  await addGroup(page, { name: owned, owner: leaver, members: [leaver, 'Björn Brandt'] });
  return { leaver, heir, number, owned };
}

/** The Offboard dialog of a person of the open table. */
async function openOffboard(page: Page, name: string): Promise<Locator> {
  const person = await openUser(page, name);
  await person.getByRole('button', { name: 'Offboard' }).click();
  const opened = page.getByRole('dialog', { name: `Offboard ${name}` });
  await expect(opened.getByRole('button', { name: 'Preview' })).toBeVisible();
  return opened;
}

/** Shows the preview; says what will happen. */
async function preview(opened: Locator): Promise<Locator> {
  await opened.getByRole('button', { name: 'Preview' }).click();
  await expect(opened.getByText('This will happen')).toBeVisible();
  return opened.getByRole('status').getByRole('listitem');
}

async function offboard(page: Page, opened: Locator, name: string): Promise<void> {
  await opened.getByRole('button', { name: `Offboard ${name}` }).click();
  await expect(opened).toBeHidden();
  await expectNotice(page, `${name} offboarded.`);
}

/** Presses Tab until the focus is where it is wanted. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < 40; stops++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

test.describe('SMS User Assignment', () => {
  test('is done by keyboard', async ({ page, portal }) => {
    const [name = ''] = await importUsers(portal, [{ name: 'Nadia Keys' }]);
    const users = await openUsers(page, name);
    await tabTo(page, row(users, name).getByRole('link', { name: `SMS numbers of ${name}` }));
    await page.keyboard.press('Enter');
    const opened = page.getByRole('dialog', { name: 'SMS User Assignment' });
    await expect(picker(opened, 'SMS numbers')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(opened.getByRole('option').first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(chosen(opened, 'SMS numbers')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await tabTo(page, opened.getByRole('button', { name: 'Save' }));
    await page.keyboard.press('Space');
    await expect(opened).toBeHidden();
    await expectNotice(page, `Numbers of ${name} saved.`);
  });

  test('several numbers are given in one step, and taken away in another', async ({ page, portal }) => {
    const [name = ''] = await importUsers(portal, [{ name: 'Nadia Own' }]);
    const users = await openUsers(page, name);
    await expectUser(users, name, { 'SMS Numbers': 'No numbers', Services: /^\s*Not assigned/ });
    const [first = '', second = ''] = await giveNumbers(page, name, 2);
    await expectUser(users, name, { Services: /^\s*Assigned/ });
    const numbers = await cell(row(users, name), users, 'SMS Numbers');
    await expect(numbers.getByRole('listitem')).toHaveText([first, second].sort());

    await numbers.getByRole('link', { name: first }).click();
    const opened = page.getByRole('dialog', { name: 'SMS User Assignment' });
    await opened.getByRole('button', { name: `Remove ${first}` }).click();
    await expect(opened.getByText(`${first} becomes free at once.`)).toBeVisible();
    await save(opened);
    await expect(opened).toBeHidden();
    await expect(numbers.getByRole('listitem')).toHaveText([second]);
  });

  test('the list of numbers leaves the buttons of the small dialog free', async ({ page, portal }) => {
    const [name = ''] = await importUsers(portal, [{ name: 'Nadia Free' }]);
    const users = await openUsers(page, name);
    const opened = await openAssignment(page, name);
    const number = await pickFreeNumber(opened);
    await expect(picker(opened, 'SMS numbers')).toHaveAttribute('aria-expanded', 'true');
    await expect(opened.getByRole('option').first()).toBeInViewport();
    await save(opened);
    await expect(opened).toBeHidden();
    await expectNotice(page, `Numbers of ${name} saved.`);
    await expect((await cell(row(users, name), users, 'SMS Numbers')).getByRole('listitem')).toHaveText([number]);
  });

  test('says what happens before it happens, and asks before that is dropped', async ({ page, portal }) => {
    const [name = ''] = await importUsers(portal, [{ name: 'Nadia Says' }]);
    await openUsers(page, name);
    const opened = await openAssignment(page, name);
    await expect(opened.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(
      'You have not changed anything yet.',
    );
    const number = await pickFreeNumber(opened);
    await expect(opened.getByText(`${number} goes to ${name} at once.`)).toBeVisible();
    await picker(opened, 'SMS numbers').press('Escape');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('alertdialog', { name: 'Discard your changes?' })).toBeVisible();
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect(opened).toBeHidden();
  });

  test('whoever has no licence is offered nothing, and told why', async ({ page, portal }) => {
    const [name = ''] = await importUsers(portal, [{ name: 'Nadia Bare', license: 'Unlicensed' }]);
    const users = await openUsers(page, name);
    await expectUser(users, name, { Services: 'Needs a license' });
    await expect(row(users, name).getByRole('link', { name: `SMS numbers of ${name}` })).toHaveCount(0);
    const person = await openUser(page, name);
    await person.getByRole('button', { name: 'SMS User Assignment' }).click();
    const opened = page.getByRole('dialog', { name: 'SMS User Assignment' });
    await expect(opened.getByText(`${name} has no Teams license, so they cannot have a number of their own.`).first()).toBeVisible();
    await picker(opened, 'SMS numbers').click();
    await expect(opened.getByRole('option')).toHaveCount(0);
  });

  test('of two who change the same person the second one sees what the first one did', async ({
    page,
    portal,
    getPageAsUser,
    quiet,
  }) => {
    quiet.expectAnswer(409);
    const [name = ''] = await importUsers(portal, [{ name: 'Nadia Twice' }]);
    await openUsers(page, name);
    const opened = await openAssignment(page, name);
    const other = await getPageAsUser(people.adminOfBoth);
    const [theirs = ''] = await giveNumbers(other, name, 1);
    await picker(opened, 'SMS numbers').click();
    const mine = opened.getByRole('option').last();
    const number = /\+1 \d{3} \d{3} \d{4}/.exec((await mine.textContent()) ?? '')?.[0] ?? '';
    await mine.click();
    await save(opened);
    await expect(opened.getByText(`Nothing of yours is saved yet. Own numbers now: ${theirs}.`)).toBeVisible();
    await opened.getByRole('button', { name: 'Apply my changes to theirs' }).click();
    await expect(chosen(opened, 'SMS numbers')).toHaveCount(2);
    await save(opened);
    await expect(opened).toBeHidden();
    const numbers = await cell(row(usersTable(page), name), usersTable(page), 'SMS Numbers');
    await expect(numbers.getByRole('listitem')).toHaveText([theirs, number].sort());
  });
});

test.describe('Offboard', () => {
  test('is done by keyboard', async ({ page, portal }) => {
    const [leaver = ''] = await importUsers(portal, [{ name: 'Lea Keys' }]);
    const [number = ''] = await giveNumbers(page, leaver, 1);
    const opened = await openOffboard(page, leaver);
    await expect(picker(opened, 'Who gets the numbers')).toBeFocused();
    await tabTo(page, opened.getByRole('button', { name: 'Preview' }));
    await page.keyboard.press('Enter');
    await expect(opened.getByText(`${number} becomes free at once.`)).toBeVisible();
    await tabTo(page, opened.getByRole('button', { name: `Offboard ${leaver}` }));
    await page.keyboard.press('Enter');
    await expect(opened).toBeHidden();
    await expectNotice(page, `${leaver} offboarded.`);
  });

  test('hands over groups and numbers, and Undo brings all of it back', async ({ page, portal }) => {
    const { leaver, heir, number, owned } = await somebodyWithAll(page, portal, 'Lea Leaves', 'Hugo Heir');

    const users = await openUsers(page, leaver);
    const opened = await openOffboard(page, leaver);
    await choosePerson(opened, `New owner of ${owned}`, heir);
    await choosePerson(opened, 'Who gets the numbers', heir);
    await expect(await preview(opened)).toHaveText([
      `${heir} becomes the owner of ${owned}.`,
      `${leaver} leaves ${owned}.`,
      `${number} goes to ${heir}.`,
    ]);
    await expectAccessibleInBothThemes(page);
    await offboard(page, opened, leaver);
    await expectUser(users, leaver, { 'SMS Numbers': 'No numbers' });

    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click();
    await expectNotice(page, `Offboarding of ${leaver} undone.`);
    await expectUser(users, leaver, { 'SMS Numbers': number });
    await page.goto(smsTab(alder, 'groups', { search: owned }));
    await expectRow(groupsTable(page), { 'Group Name': owned, 'Group Members': '2', Owner: leaver });
  });

  test('is undone from the person’s dialog once the notice is gone', async ({ page, portal }) => {
    const { leaver, heir, number, owned } = await somebodyWithAll(page, portal, 'Lea Returns', 'Hugo Waits');

    const users = await openUsers(page, leaver);
    const opened = await openOffboard(page, leaver);
    await choosePerson(opened, `New owner of ${owned}`, heir);
    await preview(opened);
    await offboard(page, opened, leaver);
    const notices = page.getByRole('region', { name: 'Notices' });
    await notices.getByRole('button', { name: 'Dismiss notice' }).click();
    await expect(notices.getByRole('button')).toHaveCount(0);
    await page.reload();

    const person = await openUser(page, leaver);
    await expect(person.getByRole('status')).toContainText(
      /Offboarded (just now|\d+ minutes? ago) by admin@alderclinics\.example\./,
    );
    await expectAccessibleInBothThemes(page);
    await person.getByRole('button', { name: 'Undo' }).click();
    await expect(person).toBeHidden();
    await expectNotice(page, `Offboarding of ${leaver} undone.`);
    await expectUser(users, leaver, { 'SMS Numbers': number });
    await openUser(page, leaver);
    await expect(person.getByText(number, { exact: true })).toBeVisible();
    await expect(person.getByRole('link', { name: owned })).toBeVisible();
    await expect(person.getByRole('button', { name: 'Undo' })).toHaveCount(0);
    await page.goto(smsTab(alder, 'groups', { search: owned }));
    await expectRow(groupsTable(page), { 'Group Name': owned, 'Group Members': '2', Owner: leaver });
  });

  test('that somebody else has undone meanwhile is told, and offered no longer', async ({
    page,
    portal,
    getPageAsUser,
    quiet,
  }) => {
    quiet.expectAnswer(409);
    const [leaver = ''] = await importUsers(portal, [{ name: 'Lea Twice' }]);
    await giveNumbers(page, leaver, 1);
    const opened = await openOffboard(page, leaver);
    await preview(opened);
    await offboard(page, opened, leaver);
    const other = await getPageAsUser(people.adminOfBoth);
    await openUsers(other, leaver);
    const person = await openUser(other, leaver);
    await person.getByRole('button', { name: 'Undo' }).click();
    await expectNotice(other, `Offboarding of ${leaver} undone.`);
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click();
    const refused = page.getByRole('alert').filter({ hasText: `Offboarding of ${leaver} was not undone.` });
    await expect(refused).toContainText('This has been undone already.');
    await expect((await openUser(page, leaver)).getByRole('button', { name: 'Undo' })).toHaveCount(0);
  });

  test('offers Undo for ten minutes', async ({ page, portal }) => {
    await page.clock.install();
    const [leaver = ''] = await importUsers(portal, [{ name: 'Lea Timed' }]);
    await giveNumbers(page, leaver, 1);
    const opened = await openOffboard(page, leaver);
    await preview(opened);
    await offboard(page, opened, leaver);
    const undo = page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' });
    await page.clock.runFor('09:50');
    await expect(undo).toBeVisible();
    // The pointer on the notice does not make more of it.
    await undo.hover();
    await page.clock.runFor('00:20');
    await expect(undo).toHaveCount(0);
  });

  test('asks what becomes of a group in which nobody would be left', async ({ page, portal, quiet }) => {
    quiet.expectAnswer(422);
    const [leaver = ''] = await importUsers(portal, [{ name: 'Lea Alone' }]);
    const alone = uniqueName('Alone');
    await openGroups(page, alone);
    const [number = ''] = await addGroup(page, { name: alone, owner: leaver, members: [leaver], numbers: 1 });

    await openUsers(page, leaver);
    const opened = await openOffboard(page, leaver);
    await opened.getByRole('button', { name: 'Preview' }).click();
    await expect(opened.getByRole('alert')).toContainText(`Choose who owns ${alone} from now on.`);
    await opened.getByLabel(`Nobody would be left in ${alone}`).selectOption('Delete the group');
    await expect(await preview(opened)).toHaveText([`${alone} is deleted; ${number} becomes free.`]);
    await opened.getByRole('button', { name: 'Back' }).click();
    await expect(opened.getByLabel(`Nobody would be left in ${alone}`)).toHaveValue('delete');
    await preview(opened);
    await offboard(page, opened, leaver);
    await openGroups(page, alone);
    await expectNoRow(groupsTable(page), alone);
  });

  test('one person can take over everything', async ({ page, portal }) => {
    const [leaver = '', heir = ''] = await importUsers(portal, [{ name: 'Lea Many' }, { name: 'Hugo All' }]);
    const groups = [uniqueName('First'), uniqueName('Second')];
    for (const name of groups) {
      await openGroups(page, name);
      await addGroup(page, { name, owner: leaver, members: ['Björn Brandt'] });
    }
    await openUsers(page, leaver);
    const opened = await openOffboard(page, leaver);
    await choosePerson(opened, 'Who takes over', heir);
    await expect(await preview(opened)).toHaveText(groups.map((name) => `${heir} becomes the owner of ${name}.`));
    await offboard(page, opened, leaver);
    const person = await openUsers(page, heir).then(() => openUser(page, heir));
    await expect(person.getByText(`These groups would need a new owner: ${groups.join(', ')}.`)).toBeVisible();
  });

  test('what somebody else has changed meanwhile is not overwritten', async ({ page, portal, getPageAsUser, quiet }) => {
    quiet.expectAnswer(409);
    const [leaver = ''] = await importUsers(portal, [{ name: 'Lea Late' }]);
    await giveNumbers(page, leaver, 1);
    const opened = await openOffboard(page, leaver);
    await preview(opened);
    const other = await getPageAsUser(people.adminOfBoth);
    await giveNumbers(other, leaver, 1);
    await opened.getByRole('button', { name: `Offboard ${leaver}` }).click();
    await expect(opened.getByText('Begin again with what there is now.')).toBeVisible();
    await opened.getByRole('button', { name: 'Begin again' }).click();
    await expect(await preview(opened)).toHaveText([/^\+1[\d\s]+, \+1[\d\s]+ become free at once\.$/]);
    await offboard(page, opened, leaver);
  });

  test('whoever has nothing needs no offboarding', async ({ page, portal }) => {
    const [name = ''] = await importUsers(portal, [{ name: 'Lea Empty' }]);
    await openUsers(page, name);
    const person = await openUser(page, name);
    await expect(person.getByText('Nothing would change: no numbers and no groups.')).toBeVisible();
    await expect(person.getByRole('button', { name: 'Offboard' })).toHaveAccessibleDescription(
      'This person has no numbers and is in no group, so there is nothing to hand over.',
    );
  });
});

test('what others do shows in the open page', async ({ page, portal, getPageAsUser }) => {
  const [name = ''] = await importUsers(portal, [{ name: 'Nadia Live' }]);
  const listening = listens(page, alder);
  const users = await openUsers(page, name);
  await listening;
  const other = await getPageAsUser(people.adminOfBoth);
  const [number = ''] = await giveNumbers(other, name, 1);
  await expectUser(users, name, { 'SMS Numbers': number });
});

test.describe('a viewer', () => {
  test.use({ person: people.alderViewer });

  test('is told of an offboarding but cannot undo it', async ({ page, portal, getPageAsUser }) => {
    const [leaver = ''] = await importUsers(portal, [{ name: 'Lea Seen' }]);
    const admin = await getPageAsUser(people.alderAdmin);
    await giveNumbers(admin, leaver, 1);
    const opened = await openOffboard(admin, leaver);
    await preview(opened);
    await offboard(admin, opened, leaver);
    await openUsers(page, leaver);
    const person = await openUser(page, leaver);
    await expect(person.getByRole('status')).toContainText(/Offboarded .+ by admin@alderclinics\.example\./);
    const undo = person.getByRole('button', { name: 'Undo' });
    await expect(undo).toBeDisabled();
    await expect(undo).toHaveAccessibleDescription(REASON);
  });

  test('reads every dialog and changes nothing', async ({ page, portal }) => {
    const [name = ''] = await importUsers(portal, [{ name: 'Nadia Seen' }]);
    await openUsers(page, name);
    const person = await openUser(page, name);
    const id = new URL(page.url()).searchParams.get('id') ?? '';
    await expect(person.getByRole('button', { name: 'Offboard' })).toHaveAccessibleDescription(REASON);
    await page.goto(usersPage(alder, { search: name, dialog: 'numbers', id }));
    const opened = page.getByRole('dialog', { name: 'SMS User Assignment' });
    await expect(opened.getByRole('button', { name: 'Save' })).toBeDisabled();
    await expect(opened.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(REASON);
    const [had, numbers, heeded] = [list([]), list([]), [0]];
    const refused = await call(page.request, '/rpc/teams_user/set_numbers', text(alder), uuid(id), had, numbers, heeded);
    expect(refused.status()).toBe(403);
  });
});
