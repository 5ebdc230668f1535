// The Numbers page: what it shows and what finds a number.
import { readFile } from 'node:fs/promises';

import { expect, test } from '../fixtures/test.ts';
import { alder, borealis } from '../support/addresses.ts';
import { dialog } from '../support/groups.ts';
import { numbersPage, numbersTable, readyFilter } from '../support/numbers.ts';
import { people } from '../support/people.ts';
import { cell, count, expectRow, expectRows, heading, openFilter, row, search, sortBy } from '../support/tables.ts';

test.use({ person: people.alderAdmin });

test.describe('reading', { tag: '@reading' }, () => {
  test('shows whom a number serves, its carrier and what it can do', async ({ page }) => {
    await page.goto(numbersPage(alder));
    await expect(page).toHaveTitle('Numbers · Alder Clinics · Messaging Portal');
    const numbers = numbersTable(page);
    await expect(count(page, '168 numbers')).toBeVisible();
    await expectRow(numbers, {
      'Phone Number': '+1 206 555 0100',
      'Assigned To': 'Front Desk',
      'SMS Carrier': /^Main NetSapiens\s?NetSapiens$/,
      Services: 'Assigned',
      Released: 'Never',
    });
  });

  test('is reached from the top bar', async ({ page }) => {
    await page.goto('/');
    const link = page.getByRole('banner').getByRole('link', { name: 'Numbers' });
    await link.click();
    await expect(numbersTable(page)).toBeVisible();
    await expect(link).toHaveAttribute('aria-current', 'page');
  });

  for (const typed of ['(206) 555-0121', '+12065550121', '0012065550121', '206.555.0121', '2065550121']) {
    test(`finds a number typed as ${typed}`, async ({ page }) => {
      await page.goto(numbersPage(alder));
      await search(page, typed);
      await expectRows(numbersTable(page), ['+1 206 555 0121']);
    });
  }

  test('finds a number by whom it serves', async ({ page }) => {
    await page.goto(numbersPage(alder));
    await search(page, 'aaliyah abbott');
    await expectRow(numbersTable(page), { 'Phone Number': '+1 206 555 0121', 'Assigned To': 'Aaliyah Abbott' });
    await expect(count(page, '1 of 168 numbers')).toBeVisible();
  });

  for (const [filter, found] of Object.entries({ Unassigned: 83, 'Not SMS-capable': 12, 'No carrier profile': 7 })) {
    test(`has a ready-made filter: ${filter}`, async ({ page }) => {
      await page.goto(numbersPage(alder));
      await readyFilter(page, filter).click();
      await expect(count(page, `${String(found)} of 168 numbers`)).toBeVisible();
      await expect(readyFilter(page, filter)).toHaveAttribute('aria-current', 'true');
    });
  }

  test('is sorted by whom a number serves', async ({ page }) => {
    await page.goto(numbersPage(alder, { filter: 'services:in:assigned' }));
    const numbers = numbersTable(page);
    await sortBy(numbers, 'Assigned To').click();
    await expect(heading(numbers, 'Assigned To')).toHaveAttribute('aria-sort', 'ascending');
    await expect(await cell(numbers.getByRole('row').nth(1), numbers, 'Assigned To')).toHaveText('Aaliyah Abbott');
  });

  test('leads to the person and the group', async ({ page }) => {
    await page.goto(numbersPage(alder));
    const group = row(numbersTable(page), '+1 206 555 0100').getByRole('link', { name: 'Front Desk' });
    await expect(group).toHaveAttribute('href', /\/services\/sms\/groups\?dialog=update&id=/);
    await search(page, '206 555 0121');
    const person = row(numbersTable(page), '+1 206 555 0121').getByRole('link', { name: 'Aaliyah Abbott' });
    await expect(person).toHaveAttribute('href', /\/users\?dialog=user&id=/);
  });

  test('a number that cannot do SMS has nothing to press in Services', async ({ page }) => {
    await page.goto(numbersPage(alder, { search: '253 555 0103' }));
    const numbers = numbersTable(page);
    const services = await cell(row(numbers, '+1 253 555 0103'), numbers, 'Services');
    await expect(services).toHaveText('Not SMS-capable');
    await expect(services.getByRole('link')).toHaveCount(0);
  });

  test('the rows that a filter finds are saved as a file', async ({ page }) => {
    await page.goto(numbersPage(alder));
    await readyFilter(page, 'No carrier profile').click();
    await expect(count(page, '7 of 168 numbers')).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^numbers-\d{4}-\d{2}-\d{2}\.csv$/);
    const [headings = '', ...numbers] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(headings).toContain('Phone Number');
    const shown = await numbersTable(page).getByRole('rowheader').allTextContents();
    expect(numbers.map((line) => line.split(',')[0])).toEqual(shown.map((number) => number.replaceAll(/\s/g, '')));
  });

  test('has a help page', async ({ page }) => {
    await page.goto(numbersPage(alder));
    await page.getByRole('link', { name: 'Help with numbers' }).click();
    await expect(page.getByRole('heading', { name: 'Numbers', level: 1 })).toBeVisible();
  });
});

test.describe('an enterprise whose provider manages the numbers', { tag: '@reading' }, () => {
  test.use({ person: people.borealisAdmin });

  test('shows no carriers and changes no numbers', async ({ page }) => {
    await page.goto(numbersPage(borealis));
    const numbers = numbersTable(page);
    await expect(count(page, '24 numbers')).toBeVisible();
    await expect(heading(numbers, 'SMS Carrier')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Add Number' })).toHaveCount(0);
    await expect(page.getByRole('checkbox')).toHaveCount(0);
    await expect(readyFilter(page, 'Unassigned')).toBeVisible();
    await expect(readyFilter(page, 'No carrier profile')).toHaveCount(0);
    const first = row(numbers, '+1 503 555 0100');
    await expect(first.getByRole('link', { name: 'Assign +1 503 555 0100' })).toBeVisible();
    await expect(first.getByRole('link', { name: /^(Update|Delete)/ })).toHaveCount(0);
  });
});

test('the name of a person opens their dialog', async ({ page }) => {
  await page.goto(numbersPage(alder, { search: '206 555 0121' }));
  await row(numbersTable(page), '+1 206 555 0121').getByRole('link', { name: 'Aaliyah Abbott' }).click();
  await expect(dialog(page, 'Aaliyah Abbott').getByText('aaliyah.abbott@alderclinics.example')).toBeVisible();
});

test('the name of a group opens its dialog', async ({ page }) => {
  await page.goto(numbersPage(alder));
  await row(numbersTable(page), '+1 206 555 0100').getByRole('link', { name: 'Front Desk' }).click();
  await expect(dialog(page, 'Update SMS Group').getByLabel('Group name')).toHaveValue('Front Desk');
  await page.goBack();
  await expect(numbersTable(page)).toBeVisible();
});

test('is filtered by what numbers can do, and the filter can be removed', async ({ page }) => {
  await page.goto(numbersPage(alder));
  const filter = await openFilter(numbersTable(page), 'Services');
  await filter.getByLabel('Free').check();
  await expect(count(page, '71 of 168 numbers')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /^Remove filter/ }).click();
  await expect(count(page, '168 numbers')).toBeVisible();
});
