// What is done to numbers without a mouse, one at a time and many at once.
import { expect, test } from '../fixtures/test.ts';
import { alder } from '../support/addresses.ts';
import { dialog, expectNotice, picker, question } from '../support/groups.ts';
import { walkAndPress, walkTo } from '../support/keyboard.ts';
import { addNumber, box, numbersPage, numbersTable, pageBox, selectionBar } from '../support/numbers.ts';
import { people } from '../support/people.ts';
import { count, expectNoRow, expectRow, row } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

test('adding, updating and deleting a number', async ({ page }) => {
  const number = '+1 564 555 0121';
  await page.goto(numbersPage(alder, { search: number }));
  const numbers = numbersTable(page);
  await walkTo(page, page.getByRole('button', { name: 'Add Number' }).first());
  await page.keyboard.press('Enter');
  const adding = dialog(page, 'Add Number');
  await expect(adding.getByLabel('Phone number')).toBeFocused();
  await page.keyboard.type(number);
  await page.keyboard.press('Enter');
  await expect(adding).toBeHidden();
  await expectNotice(page, `Number ${number} added.`);
  await expectRow(numbers, { 'Phone Number': number, Services: /^Free/ });

  await walkTo(page, row(numbers, number).getByRole('link', { name: `Update ${number}` }));
  await page.keyboard.press('Enter');
  const updating = dialog(page, 'Update Number');
  await expect(updating.getByLabel('SMS', { exact: true })).toBeFocused();
  await page.keyboard.press('Space');
  await walkTo(page, updating.getByRole('button', { name: 'Save' }));
  await page.keyboard.press('Enter');
  await expect(updating).toBeHidden();
  await expectRow(numbers, { 'Phone Number': number, Services: 'Not SMS-capable' });

  await walkTo(page, row(numbers, number).getByRole('link', { name: `Delete ${number}` }));
  await page.keyboard.press('Enter');
  const asked = question(page, `Delete ${number}?`);
  await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await walkTo(page, asked.getByRole('button', { name: 'Delete number' }));
  await page.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await expectNotice(page, `Number ${number} deleted.`);
  await expectNoRow(numbers, number);
});

test('assigning, reassigning and unassigning a number', async ({ page }) => {
  const number = '+1 564 555 0141';
  await page.goto(numbersPage(alder, { search: number }));
  await addNumber(page, number);
  await page.reload();
  const numbers = numbersTable(page);
  const assign = row(numbers, number).getByRole('link', { name: `Assign ${number}`, exact: true });
  const opened = dialog(page, 'Assign Number');
  const [toUser, toGroup] = [
    opened.getByRole('radio', { name: 'A Teams user' }),
    opened.getByRole('radio', { name: 'An SMS group' }),
  ];

  await walkAndPress(page, assign);
  await expect(toUser).toBeFocused();
  await walkTo(page, picker(opened, 'Teams user'));
  await page.keyboard.type('björn br');
  await expect(opened.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(picker(opened, 'Teams user')).toHaveValue('Björn Brandt');
  await walkTo(page, opened.getByRole('button', { name: 'Save' }));
  await page.keyboard.press('Space');
  await expect(opened).toBeHidden();
  await expectRow(numbers, { 'Phone Number': number, 'Assigned To': 'Björn Brandt' });
  await expect(assign).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(opened.getByText('This number serves Björn Brandt now.')).toBeVisible();
  await expect(toUser).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(toGroup).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(picker(opened, 'SMS group')).toBeFocused();
  await page.keyboard.type('vaccinations ballard');
  await expect(opened.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(picker(opened, 'SMS group')).toHaveValue('Vaccinations Ballard');
  await expect(opened.getByRole('status').filter({ hasText: `Björn Brandt loses ${number}` })).toBeVisible();
  await walkAndPress(page, opened.getByRole('button', { name: 'Save' }));
  await expect(opened).toBeHidden();
  await expectRow(numbers, { 'Phone Number': number, 'Assigned To': 'Vaccinations Ballard' });
  await expect(assign).toBeFocused();

  await page.keyboard.press('Enter');
  await walkAndPress(page, opened.getByRole('button', { name: 'Unassign' }));
  await expect(opened).toBeHidden();
  await expectNotice(page, `${number} is free now.`);
  await expectRow(numbers, { 'Phone Number': number, 'Assigned To': 'Unassigned' });
  await expect(assign).toBeFocused();
});

test('updating selected numbers', async ({ page }) => {
  const many = ['+1 564 555 0131', '+1 564 555 0132'];
  await page.goto(numbersPage(alder, { search: '564 555 013' }));
  for (const number of many) {
    await addNumber(page, number);
  }
  await page.reload();
  for (const number of many) {
    await walkTo(page, box(page, number));
    await page.keyboard.press('Space');
    await expect(box(page, number)).toBeChecked();
  }
  await expect(count(page, '2 numbers selected')).toHaveCount(1);
  await walkAndPress(page, selectionBar(page).getByRole('button', { name: 'Update' }), 'Shift+Tab');
  const opened = dialog(page, 'Update Selected Numbers');
  const sms = opened.getByLabel('SMS', { exact: true });
  await expect(sms).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(sms).toHaveValue('no');
  await walkAndPress(page, opened.getByRole('button', { name: 'Save' }));
  await expect(opened).toContainText('2 numbers saved.');
  await walkAndPress(page, opened.getByRole('button', { name: 'Close' }).last());
  await expect(opened).toBeHidden();
  for (const number of many) {
    await expectRow(numbersTable(page), { 'Phone Number': number, Services: 'Not SMS-capable' });
  }
});

test('deleting selected numbers', async ({ page }) => {
  const many = ['+1 564 555 0161', '+1 564 555 0162'];
  await page.goto(numbersPage(alder, { search: '564 555 016' }));
  for (const number of many) {
    await addNumber(page, number);
  }
  await page.reload();
  await walkTo(page, pageBox(page));
  await page.keyboard.press('Space');
  await expect(pageBox(page)).toBeChecked();
  const button = selectionBar(page).getByRole('button', { name: 'Delete' });
  const asked = question(page, 'Delete Selected Numbers');

  await walkAndPress(page, button, 'Shift+Tab');
  await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await expect(button).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(asked).toContainText('2 numbers are selected.');
  await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await walkAndPress(page, asked.getByRole('button', { name: 'Delete numbers' }));
  await expect(asked).toContainText('2 numbers deleted.');
  await walkAndPress(page, asked.getByRole('button', { name: 'Close' }).last());
  await expect(asked).toBeHidden();
  for (const number of many) {
    await expectNoRow(numbersTable(page), number);
  }
});
