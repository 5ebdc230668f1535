// What is done to many numbers at once.
import { expect, test } from '../fixtures/test.ts';
import { alder } from '../support/addresses.ts';
import { dialog, pick, question, save } from '../support/groups.ts';
import { addNumber, box, numbersPage, numbersTable, openAssign, pageBox, selectionBar } from '../support/numbers.ts';
import { people } from '../support/people.ts';
import { expectNoRow, expectRow } from '../support/tables.ts';

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
  await asked.getByRole('button', { name: 'Delete numbers' }).click();
  await expect(asked).toContainText('1 number deleted.');
  await expect(asked).toContainText(`${busy} serves Björn Brandt.`);
  await asked.getByRole('button', { name: 'Close' }).last().click();
  await expectNoRow(numbersTable(page), free);
  await expectRow(numbersTable(page), { 'Phone Number': busy, 'Assigned To': 'Björn Brandt' });
});
