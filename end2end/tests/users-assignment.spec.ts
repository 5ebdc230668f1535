// SMS User Assignment: giving people numbers and taking them away. Each test has people of its own; by keyboard it is done in
// keyboard-users.spec.ts.
import { expect, test } from '../fixtures/test.ts';
import { alder } from '../support/addresses.ts';
import { chosen, expectNotice, pickFreeNumber, picker, save } from '../support/groups.ts';
import { listens } from '../support/live.ts';
import { ONLY_TO_LOOK, people } from '../support/people.ts';
import { call, list, text, uuid } from '../support/postcard.ts';
import { cell, row } from '../support/tables.ts';
import {
  expectUser,
  giveNumbers,
  importUsers,
  openAssignment,
  openUser,
  openUsers,
  usersPage,
  usersTable,
} from '../support/users.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

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

  test('reads every dialog and changes nothing', async ({ page, portal }) => {
    const [name = ''] = await importUsers(portal, [{ name: 'Nadia Seen' }]);
    await openUsers(page, name);
    const person = await openUser(page, name);
    const id = new URL(page.url()).searchParams.get('id') ?? '';
    await expect(person.getByRole('button', { name: 'Offboard' })).toHaveAccessibleDescription(ONLY_TO_LOOK);
    await page.goto(usersPage(alder, { search: name, dialog: 'numbers', id }));
    const opened = page.getByRole('dialog', { name: 'SMS User Assignment' });
    await expect(opened.getByRole('button', { name: 'Save' })).toBeDisabled();
    await expect(opened.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(ONLY_TO_LOOK);
    const [had, numbers, heeded] = [list([]), list([]), [0]];
    const refused = await call(page.request, '/rpc/teams_user/set_numbers', text(alder), uuid(id), had, numbers, heeded);
    expect(refused.status()).toBe(403);
  });
});
