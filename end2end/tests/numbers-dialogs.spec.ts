// Giving numbers to people and groups; adding, changing and deleting them. By keyboard that is in keyboard-numbers.spec.ts.
import { expect, test } from '../fixtures/test.ts';
import { expectAccessible } from '../support/accessibility.ts';
import { alder } from '../support/addresses.ts';
import { dialog, expectNotice, pick, picker, question, save } from '../support/groups.ts';
import { addNumber, numbersPage, numbersTable, openAssign } from '../support/numbers.ts';
import { ONLY_TO_LOOK, people } from '../support/people.ts';
import { expectNoRow, expectRow, row } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

test('the question mark of a free number opens the assignment', async ({ page }) => {
  const number = '+1 509 555 0101';
  await page.goto(numbersPage(alder, { search: number }));
  await addNumber(page, number);
  await row(numbersTable(page), number).getByRole('link', { name: `Free – assign ${number}` }).click();
  const opened = dialog(page, 'Assign Number');
  await expect(opened.getByText('This number serves nobody now.')).toBeVisible();
  await expect(opened.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription('Choose a person or a group first.');
  await expect(opened.getByRole('button', { name: 'Unassign' })).toHaveCount(0);
  await pick(opened, 'Teams user', 'Björn Brandt');
  await save(opened);
  await expect(opened).toBeHidden();
  await expectNotice(page, `${number} serves Björn Brandt now.`);
  await expectRow(numbersTable(page), { 'Phone Number': number, 'Assigned To': 'Björn Brandt', Services: 'Assigned' });
});

test('a number changes hands, and the dialog says who loses it', async ({ page }) => {
  const number = '+1 509 555 0102';
  await page.goto(numbersPage(alder, { search: number }));
  await addNumber(page, number);
  let opened = await openAssign(page, number);
  await pick(opened, 'Teams user', 'Björn Brandt');
  await save(opened);
  await expectRow(numbersTable(page), { 'Phone Number': number, 'Assigned To': 'Björn Brandt' });

  opened = await openAssign(page, number);
  await expect(opened.getByText('This number serves Björn Brandt now.')).toBeVisible();
  await opened.getByRole('radio', { name: 'An SMS group' }).check();
  await pick(opened, 'SMS group', 'Front Desk');
  await expect(opened.getByRole('status').filter({ hasText: `Björn Brandt loses ${number}` })).toBeVisible();
  await save(opened);
  await expectRow(numbersTable(page), {
    'Phone Number': number,
    'Assigned To': 'Front Desk',
    Released: /Moved from Björn Brandt$/,
  });

  opened = await openAssign(page, number);
  await opened.getByRole('button', { name: 'Unassign' }).click();
  await expectNotice(page, `${number} is free now.`);
  await expectRow(numbersTable(page), {
    'Phone Number': number,
    'Assigned To': 'Unassigned',
    Released: /^\d{1,2} \w{3} \d{4}, \d\d:\d\d\s?Taken from Front Desk$/,
  });
});

test('people without a license are shown but cannot be chosen', async ({ page }) => {
  await page.goto(numbersPage(alder, { search: '360 555 0111' }));
  const opened = await openAssign(page, '+1 360 555 0111');
  await picker(opened, 'Teams user').fill('Ivan Ito');
  await expect(opened.getByRole('option').filter({ hasText: 'Ivan Ito' })).toHaveAttribute('aria-disabled', 'true');
});

test('an open dialog says that somebody else was quicker', async ({ page, getPageAsUser }) => {
  const number = '+1 509 555 0104';
  await page.goto(numbersPage(alder, { search: number }));
  await addNumber(page, number);
  const opened = await openAssign(page, number);
  const other = await getPageAsUser(people.adminOfBoth);
  await other.goto(numbersPage(alder, { search: number }));
  const theirs = await openAssign(other, number);
  await pick(theirs, 'Teams user', 'Björn Brandt');
  await save(theirs);
  await expect(theirs).toBeHidden();
  await expect(opened.getByText('Somebody else has changed this number')).toBeVisible();
  await opened.getByRole('button', { name: 'Reload' }).click();
  await expect(opened.getByText('This number serves Björn Brandt now.')).toBeVisible();
});

test('what is no number is told beside the field', async ({ page, quiet }) => {
  quiet.expectAnswer(422);
  quiet.expectAnswer(409);
  await page.goto(numbersPage(alder));
  await page.getByRole('button', { name: 'Add Number' }).first().click();
  const opened = dialog(page, 'Add Number');
  await opened.getByLabel('Phone number').fill('555 CALL');
  await save(opened);
  await expect(opened.getByLabel('Phone number')).toHaveAccessibleDescription(/something else than digits/);
  await opened.getByLabel('Phone number').fill('+1 206 555 0100');
  await save(opened);
  await expect(opened.getByLabel('Phone number')).toHaveAccessibleDescription(/has this number already/);
});

test('a number is updated and deleted', async ({ page }) => {
  const number = '+1 509 555 0105';
  await page.goto(numbersPage(alder, { search: number }));
  await addNumber(page, number);
  const numbers = numbersTable(page);
  await row(numbers, number).getByRole('link', { name: `Update ${number}` }).click();
  const opened = dialog(page, 'Update Number');
  await opened.getByLabel('SMS', { exact: true }).uncheck();
  await opened.getByLabel('Carrier profile').selectOption({ label: 'SkySwitch West (SkySwitch)' });
  await save(opened);
  await expectRow(numbers, {
    'Phone Number': number,
    'SMS Carrier': /^SkySwitch West/,
    Services: 'Not SMS-capable',
  });
  await row(numbers, number).getByRole('link', { name: `Delete ${number}` }).click();
  const asked = question(page, `Delete ${number}?`);
  await asked.getByRole('button', { name: 'Delete number' }).click();
  await expectNotice(page, `Number ${number} deleted.`);
  await expectNoRow(numbers, number);
});

test('a number that serves somebody cannot be deleted', async ({ page }) => {
  await page.goto(numbersPage(alder, { search: '206 555 0100' }));
  await row(numbersTable(page), '+1 206 555 0100').getByRole('link', { name: 'Delete +1 206 555 0100' }).click();
  const asked = question(page, 'Delete +1 206 555 0100?');
  await expect(asked.getByText('It serves Front Desk. Unassign it first.').first()).toBeVisible();
  await expect(asked.getByRole('button', { name: 'Delete number' })).toBeDisabled();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the page and its dialogs have nothing to report', async ({ page }) => {
      await page.goto(numbersPage(alder, { search: '206 555' }));
      await expectAccessible(page);
      const opened = await openAssign(page, '+1 206 555 0100');
      await expectAccessible(page);
      await opened.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Add Number' }).first().click();
      await expect(dialog(page, 'Add Number')).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await row(numbersTable(page), '+1 206 555 0100').getByRole('link', { name: 'Update +1 206 555 0100' }).click();
      await expect(dialog(page, 'Update Number').getByLabel('Carrier profile')).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await row(numbersTable(page), '+1 206 555 0100').getByRole('link', { name: 'Delete +1 206 555 0100' }).click();
      await expect(question(page, 'Delete +1 206 555 0100?')).toBeVisible();
      await expectAccessible(page);
    });
  });
}

test.describe('a viewer', () => {
  test.use({ person: people.alderViewer });

  test('sees every action disabled, with the reason', async ({ page }) => {
    await page.goto(numbersPage(alder));
    const first = row(numbersTable(page), '+1 206 555 0100');
    for (const action of [
      page.getByRole('button', { name: 'Add Number' }),
      ...['Assign', 'Update', 'Delete'].map((name) => first.getByRole('link', { name: `${name} +1 206 555 0100` })),
    ]) {
      await expect(action).toBeDisabled();
      await expect(action).toHaveAccessibleDescription(ONLY_TO_LOOK);
    }
    await page.getByRole('checkbox', { name: 'Select +1 206 555 0100' }).check();
    for (const name of ['Update', 'Delete']) {
      const button = page.getByRole('group', { name: 'Selected rows' }).getByRole('button', { name });
      await expect(button).toBeDisabled();
      await expect(button).toHaveAccessibleDescription(ONLY_TO_LOOK);
    }
  });
});
