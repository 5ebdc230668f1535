// Numbers that should rest after somebody has lost them: where one is given away before, the portal asks first.
import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { alder } from '../support/addresses.ts';
import {
  addGroupAlone,
  chosen,
  expectNotice,
  fillGroup,
  groupsTable,
  openAddDialog,
  openGroups,
  openUpdateDialog,
  pick,
  pickFreeNumber,
  picker,
  save,
  uniqueName,
} from '../support/groups.ts';
import { addNumber, numbersPage, numbersTable, openAssign } from '../support/numbers.ts';
import { people } from '../support/people.ts';
import { consolePages, openSettings } from '../support/provider.ts';
import { cell, expectRow, row } from '../support/tables.ts';
import { importUsers, openAssignment, openUser, openUsers } from '../support/users.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

/** The mark of a number in a picker. */
const MARK = /Rests until \d{1,2} \w{3} \d{4}, \d\d:\d\d/;

/** Sets for how many days numbers of Alder Clinics should rest, in the provider's console. */
async function setCoolingOff(provider: Page, days: string): Promise<void> {
  const name = 'Alder Clinics';
  await provider.goto(consolePages.enterprises);
  const settings = await openSettings(provider, name);
  await settings.getByLabel('Number cooling-off days').fill(days);
  await save(settings);
  await expectNotice(provider, `${name} updated.`);
}

/** Adds a number, gives it to somebody and takes it away again. */
async function released(page: Page, number: string): Promise<string> {
  await page.goto(numbersPage(alder, { search: number }));
  await addNumber(page, number);
  let opened = await openAssign(page, number);
  await pick(opened, 'Teams user', 'Björn Brandt');
  await save(opened);
  await expectNotice(page, `${number} serves Björn Brandt now.`);
  opened = await openAssign(page, number);
  await opened.getByRole('button', { name: 'Unassign' }).click();
  await expectNotice(page, `${number} is free now.`);
  return number;
}

/** The question in a dialog. */
function question(opened: Locator): Locator {
  return opened.getByRole('status').filter({ hasText: 'A number should rest first' });
}

/** Saves while the dialog may have two buttons that begin with Save. */
async function saveExactly(opened: Locator): Promise<void> {
  await opened.getByRole('button', { name: 'Save', exact: true }).click();
}

// Other tests on this database go on without.
test.beforeEach(async ({ getPageAsUser }) => setCoolingOff(await getPageAsUser(people.provider), '7'));
test.afterEach(async ({ getPageAsUser }) => setCoolingOff(await getPageAsUser(people.provider), ''));

test('Assign Number tells before, asks, and goes on', async ({ page, quiet }) => {
  quiet.expectAnswer(409);
  const number = await released(page, '+1 509 555 0161');
  const opened = await openAssign(page, number);
  await expect(opened.getByText(/^It was released a short time ago and should rest until/)).toBeVisible();
  await pick(opened, 'Teams user', 'Björn Brandt');
  await saveExactly(opened);
  await expect(question(opened)).toContainText(`The cooling-off time runs for ${number} until`);
  await expectAccessibleInBothThemes(page);

  // Nobody has said yes to another choice.
  await opened.getByRole('radio', { name: 'An SMS group' }).check();
  await pick(opened, 'SMS group', 'Front Desk');
  await expect(question(opened)).toHaveCount(0);
  await saveExactly(opened);
  await question(opened).getByRole('button', { name: 'Assign anyway' }).click();
  await expect(opened).toBeHidden();
  await expectNotice(page, `${number} serves Front Desk now.`);
  await expectRow(numbersTable(page), { 'Phone Number': number, 'Assigned To': 'Front Desk' });
});

test('the dialog of a person marks, asks, and goes on', async ({ page, portal, quiet }) => {
  quiet.expectAnswer(409);
  const [name = ''] = await importUsers(portal, [{ name: 'Nadia Rest' }]);
  const number = await released(page, '+1 509 555 0162');
  const users = await openUsers(page, name);
  let opened = await openAssignment(page, name);
  await picker(opened, 'SMS numbers').fill(number);
  await expect(opened.getByRole('option')).toHaveText([MARK]);
  await pick(opened, 'SMS numbers', number);
  await save(opened);
  await expect(question(opened)).toContainText(`${number} until`);
  await expectAccessibleInBothThemes(page);

  // Nobody has said yes to one more number.
  await picker(opened, 'SMS numbers').fill('');
  const other = await pickFreeNumber(opened);
  await expect(question(opened)).toHaveCount(0);
  await saveExactly(opened);
  await question(opened).getByRole('button', { name: 'Save anyway' }).click();
  await expect(opened).toBeHidden();
  await expectNotice(page, `Numbers of ${name} saved.`);
  const numbers = await cell(row(users, name), users, 'SMS Numbers');
  await expect(numbers.getByRole('listitem')).toHaveText([number, other].sort());

  // What the person keeps is not asked about.
  opened = await openAssignment(page, name);
  await opened.getByRole('button', { name: `Remove ${other}` }).click();
  await save(opened);
  await expect(opened).toBeHidden();
  await expect(numbers.getByRole('listitem')).toHaveText([number]);

  const person = await openUser(page, name);
  await person.getByRole('button', { name: 'Offboard' }).click();
  const offboard = page.getByRole('dialog', { name: `Offboard ${name}` });
  await offboard.getByRole('button', { name: 'Preview' }).click();
  await expect(offboard.getByText(/^Numbers that become free should rest for 7 days/)).toBeVisible();
});

test('the dialog of a new group marks, asks, and goes on', async ({ page, quiet }) => {
  quiet.expectAnswer(409);
  const number = await released(page, '+1 509 555 0163');
  const name = uniqueName('Rested');
  await openGroups(page, name);
  const opened = await openAddDialog(page);
  await fillGroup(opened, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
  await picker(opened, 'SMS numbers').fill(number);
  await expect(opened.getByRole('option')).toHaveText([MARK]);
  await pick(opened, 'SMS numbers', number);
  await save(opened);
  await expect(question(opened)).toContainText(`${number} until`);
  await expectAccessibleInBothThemes(page);
  await question(opened).getByRole('button', { name: 'Save anyway' }).click();
  await expect(opened).toBeHidden();
  await expectNotice(page, `Group ${name} added.`);
  await expectRow(groupsTable(page), { 'Group Name': name, 'Group Phone Numbers': [number] });
});

test('a group is asked about by keyboard alone, and only for what is new in it', async ({ page, quiet }) => {
  quiet.expectAnswer(409);
  const number = await released(page, '+1 509 555 0164');
  const { name } = await addGroupAlone(page);
  let opened = await openUpdateDialog(page, name);
  await pick(opened, 'SMS numbers', number);
  await expect(chosen(opened, 'SMS numbers')).toHaveText([/^\+1 509 555 0164\s+Rests until /]);
  await opened.getByRole('button', { name: 'Save', exact: true }).focus();
  await page.keyboard.press('Enter');
  const asked = question(opened);
  // The question has the focus, and the way on comes next.
  await expect.poll(() => asked.evaluate((element) => element.parentElement === document.activeElement)).toBe(true);
  await page.keyboard.press('Tab');
  await expect(asked.getByRole('button', { name: 'Save anyway' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(opened).toBeHidden();
  await expectNotice(page, `Group ${name} saved.`);
  await expectRow(groupsTable(page), { 'Group Name': name, 'Group Phone Numbers': [number] });

  opened = await openUpdateDialog(page, name);
  await pick(opened, 'Members', 'Camila Castillo');
  await save(opened);
  await expect(opened).toBeHidden();
});
