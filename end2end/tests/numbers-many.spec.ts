// What is done to many numbers at once.
import { expect, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes, expectDialogFits } from '../support/accessibility.ts';
import { alder } from '../support/addresses.ts';
import { dialog, expectNotice, fillGroup, openAddDialog, openGroups, pick, question, save, uniqueName } from '../support/groups.ts';
import { apply, check, textFile, uploadFile } from '../support/imports.ts';
import { addNumber, box, numbersPage, numbersTable, openAssign, pageBox, selectionBar } from '../support/numbers.ts';
import { people } from '../support/people.ts';
import { count, expectNoRow, expectRow, expectRows } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

test('changes what selected numbers can do, and their carrier profile', async ({ page }) => {
  const numbers = ['+1 564 555 0101', '+1 564 555 0102'];
  await page.goto(numbersPage(alder, { search: '564 555 010' }));
  for (const number of numbers) {
    await addNumber(page, number);
    await box(page, number).check();
  }
  await selectionBar(page).getByRole('button', { name: 'Update' }).click();
  const opened = dialog(page, 'Update Selected Numbers');
  await expect(opened).toContainText('2 numbers are selected.');
  await expect(opened.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription('Choose something to change first.');
  await opened.getByLabel('SMS', { exact: true }).selectOption('No');
  await opened.getByLabel('Carrier profile').selectOption({ label: 'Bandwidth Backup (Bandwidth)' });
  await save(opened);
  await expect(opened.getByText('2 numbers saved.')).toBeVisible();
  await opened.getByRole('button', { name: 'Close' }).last().click();
  for (const number of numbers) {
    await expectRow(numbersTable(page), {
      'Phone Number': number,
      'SMS Carrier': /^Bandwidth Backup/,
      Services: 'Not SMS-capable',
    });
  }
  await expect(selectionBar(page)).toHaveCount(0);
});

test('names those that were like that already', async ({ page }) => {
  const [already, changed] = ['+1 564 555 0151', '+1 564 555 0152'];
  await page.goto(numbersPage(alder, { search: '564 555 015' }));
  await addNumber(page, already);
  await addNumber(page, changed);
  const opened = dialog(page, 'Update Selected Numbers');
  const takeSmsAway = async () => {
    await selectionBar(page).getByRole('button', { name: 'Update' }).click();
    await opened.getByLabel('SMS', { exact: true }).selectOption('No');
    await save(opened);
    await expect(opened.getByText('1 number saved.')).toBeVisible();
  };
  await box(page, already).check();
  await takeSmsAway();
  await opened.getByRole('button', { name: 'Close' }).last().click();
  await expect(opened).toBeHidden();

  await pageBox(page).check();
  await takeSmsAway();
  await expect(opened).toContainText('1 number was left as it is:');
  const left = opened.getByRole('region', { name: 'Numbers left as they are' });
  await expect(left.getByRole('listitem')).toHaveText([`${already} is like that already.`]);
  await expectAccessibleInBothThemes(page);
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await expectDialogFits(opened);
  }
  await opened.getByRole('button', { name: 'Close' }).last().click();
  await expectRow(numbersTable(page), { 'Phone Number': changed, Services: 'Not SMS-capable' });
});

test('deletes the free ones and names those that serve somebody', async ({ page }) => {
  const [free, busy] = ['+1 564 555 0111', '+1 564 555 0112'];
  await page.goto(numbersPage(alder, { search: '564 555 011' }));
  await addNumber(page, free);
  await addNumber(page, busy);
  const assigning = await openAssign(page, busy);
  await pick(assigning, 'Teams user', 'Björn Brandt');
  await save(assigning);
  await expect(assigning).toBeHidden();
  await pageBox(page).check();
  await selectionBar(page).getByRole('button', { name: 'Delete' }).click();
  const asked = question(page, 'Delete Selected Numbers');
  await expect(asked).toContainText('2 numbers are selected.');
  await expect(asked).toContainText('1 of them serves somebody and will be skipped.');
  await asked.getByRole('button', { name: 'Delete numbers' }).click();
  await expect(asked).toContainText('1 number deleted.');
  await expect(asked).toContainText(`${busy} serves Björn Brandt.`);
  await asked.getByRole('button', { name: 'Close' }).last().click();
  await expectNoRow(numbersTable(page), free);
  await expectRow(numbersTable(page), { 'Phone Number': busy, 'Assigned To': 'Björn Brandt' });
});

test('deletes all that a search finds on all pages, and names each one that serves somebody', async ({ page }) => {
  test.slow();
  const numbers = Array.from({ length: 27 }, (_, n) => `+1 564 555 02${String(n).padStart(2, '0')}`);
  const busy = numbers.slice(0, 22);
  const lines = numbers.map((number) => `${number.replaceAll(' ', '')},TRUE\n`);
  await uploadFile(page, 'numbers', textFile('many.csv', `Number,SMS\n${lines.join('')}`));
  await check(page);
  await apply(page);
  const group = uniqueName('Night Crew');
  await openGroups(page, group);
  const adding = await openAddDialog(page);
  await fillGroup(adding, { name: group, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
  for (const number of busy) {
    await pick(adding, 'SMS numbers', number);
  }
  await save(adding);
  await expectNotice(page, `Group ${group} added.`);

  await page.goto(numbersPage(alder, { search: '564 555 02' }));
  await expect(count(page, /^27 of \d+ numbers$/)).toBeVisible();
  await pageBox(page).check();
  await selectionBar(page).getByRole('button', { name: 'Select all 27 numbers' }).click();
  await selectionBar(page).getByRole('button', { name: 'Delete' }).click();
  const asked = question(page, 'Delete Selected Numbers');
  await expect(asked).toContainText('27 numbers are selected.');
  await expect(asked).toContainText('22 of them serve somebody and will be skipped.');
  await asked.getByRole('button', { name: 'Delete numbers' }).click();
  await expect(asked).toContainText('5 numbers deleted.');
  await expect(asked).toContainText('22 numbers were left as they are:');

  const left = asked.getByRole('region', { name: 'Numbers left as they are' });
  await expect(left.getByRole('listitem')).toHaveCount(busy.length);
  for (const number of busy) {
    await expect(left.getByText(`${number} serves ${group}.`, { exact: true })).toHaveCount(1);
  }
  await expectAccessibleInBothThemes(page);
  // The list is read to its end by keyboard.
  await expect(left.getByRole('listitem').last()).not.toBeInViewport();
  await left.focus();
  await expect(left).toBeFocused();
  await page.keyboard.press('End');
  await expect(left.getByRole('listitem').last()).toBeInViewport();
  await asked.getByRole('button', { name: 'Close' }).last().click();
  await expectRows(numbersTable(page), busy);
});
