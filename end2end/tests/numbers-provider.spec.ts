// The numbers of an enterprise that does not manage its own: its provider keeps them.
import { expect, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { borealis } from '../support/addresses.ts';
import { dialog, expectNotice, question, save } from '../support/groups.ts';
import { chooseButton, importPage } from '../support/imports.ts';
import { addNumber, numbersPage, numbersTable, pageBox, readyFilter, selectionBar } from '../support/numbers.ts';
import { finder, offered, openPalette } from '../support/palette.ts';
import { people } from '../support/people.ts';
import { expectNoRow, expectRow, heading, row } from '../support/tables.ts';

test.use({ person: people.provider, database: 'changed' });

test('the provider adds, updates and deletes a number, and sees the carriers', async ({ page }) => {
  const number = '+1 971 555 0101';
  await page.goto(numbersPage(borealis, { search: number }));
  await addNumber(page, number);
  const numbers = numbersTable(page);
  await expectRow(numbers, { 'Phone Number': number, 'SMS Carrier': 'No carrier profile' });
  await expect(readyFilter(page, 'No carrier profile')).toBeVisible();
  await row(numbers, number).getByRole('link', { name: `Update ${number}` }).click();
  const opened = dialog(page, 'Update Number');
  await opened.getByLabel('SMS', { exact: true }).uncheck();
  await save(opened);
  await expectNotice(page, `Number ${number} saved.`);
  await expectRow(numbers, { 'Phone Number': number, Services: 'Not SMS-capable' });
  await expectAccessibleInBothThemes(page);
  await row(numbers, number).getByRole('link', { name: `Delete ${number}` }).click();
  const asked = question(page, `Delete ${number}?`);
  await asked.getByRole('button', { name: 'Delete number' }).click();
  await expectNotice(page, `Number ${number} deleted.`);
  await expectNoRow(numbers, number);
});

test('the provider updates and deletes many at once', async ({ page }) => {
  const many = ['+1 971 555 0111', '+1 971 555 0112'];
  await page.goto(numbersPage(borealis, { search: '971 555 011' }));
  for (const number of many) {
    await addNumber(page, number);
  }
  await pageBox(page).check();
  await selectionBar(page).getByRole('button', { name: 'Update' }).click();
  const opened = dialog(page, 'Update Selected Numbers');
  await opened.getByLabel('SMS', { exact: true }).selectOption('No');
  await save(opened);
  await expect(opened.getByText('2 numbers saved.')).toBeVisible();
  await opened.getByRole('button', { name: 'Close' }).last().click();
  await expectRow(numbersTable(page), { 'Phone Number': '+1 971 555 0112', Services: 'Not SMS-capable' });
  await pageBox(page).check();
  await selectionBar(page).getByRole('button', { name: 'Delete' }).click();
  const asked = question(page, 'Delete Selected Numbers');
  await expect(asked).toContainText('None of them serves anybody.');
  await asked.getByRole('button', { name: 'Delete numbers' }).click();
  await expect(asked).toContainText('2 numbers deleted.');
});

test('the provider imports numbers there', async ({ page }) => {
  await page.goto(numbersPage(borealis));
  await page.getByRole('link', { name: 'Import', exact: true }).first().click();
  await expect(page).toHaveURL(importPage(borealis, 'numbers'));
  await expect(chooseButton(page)).toBeEnabled();
  await openPalette(page);
  await finder(page).fill('import numbers');
  await expect(offered(page, 'Pages').filter({ hasText: 'Import numbers' })).toHaveCount(1);
});

test('the enterprise’s own admin sees the numbers, but neither carriers nor what changes numbers', async ({ page, getPageAsUser }) => {
  const number = '+1 503 555 0100';
  await page.goto(numbersPage(borealis));
  await expect(heading(numbersTable(page), 'SMS Carrier')).toHaveCount(1);

  const admin = await getPageAsUser(people.borealisAdmin);
  await admin.goto(numbersPage(borealis));
  const numbers = numbersTable(admin);
  await expect(row(numbers, number).getByRole('link', { name: `Assign ${number}`, exact: true })).toBeVisible();
  await expect(row(numbers, number).getByRole('link', { name: /^(Update|Delete)/ })).toHaveCount(0);
  await expect(heading(numbers, 'SMS Carrier')).toHaveCount(0);
  await expect(admin.getByRole('button', { name: 'Add Number' })).toHaveCount(0);
  await expect(admin.getByRole('link', { name: 'Import', exact: true })).toHaveCount(0);
  await expect(admin.getByRole('checkbox')).toHaveCount(0);
  await openPalette(admin);
  await finder(admin).fill('import');
  await expect(offered(admin, 'Pages').filter({ hasText: 'Import users' })).toHaveCount(1);
  await expect(offered(admin, 'Pages').filter({ hasText: 'Import numbers' })).toHaveCount(0);
  await admin.goto(importPage(borealis, 'numbers'));
  await expect(admin.getByText('Numbers are not imported here')).toBeVisible();
});
