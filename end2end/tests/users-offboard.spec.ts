// Offboarding people, and taking that back. Each test has people of its own; by keyboard it is done in keyboard-users.spec.ts.
import { expect, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { alder, smsTab } from '../support/addresses.ts';
import { addGroup, expectNotice, groupsTable, openGroups, uniqueName } from '../support/groups.ts';
import { ONLY_TO_LOOK, people } from '../support/people.ts';
import { expectNoRow, expectRow } from '../support/tables.ts';
import {
  choosePerson,
  expectUser,
  giveNumbers,
  importUsers,
  offboard,
  openOffboard,
  openUser,
  openUsers,
  preview,
  somebodyWithAll,
} from '../support/users.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

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
    await expect(undo).toHaveAccessibleDescription(ONLY_TO_LOOK);
  });
});
