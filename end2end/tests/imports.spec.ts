// Importing numbers from files. What the file itself may be is in imports-files.spec.ts, people are in imports-users.spec.ts.
import { readFile } from 'node:fs/promises';

import { expect, test } from '../fixtures/test.ts';
import { expectAccessible, expectAccessibleInBothThemes, expectNoSidewaysScroll } from '../support/accessibility.ts';
import { alder, dashboard } from '../support/addresses.ts';
import { dialog } from '../support/groups.ts';
import {
  apply,
  applyButton,
  check,
  chooseButton,
  chooseFile,
  expectCounts,
  field,
  firstRows,
  importPage,
  outcomes,
  readyRows,
  sample,
  textFile,
  uploadFile,
} from '../support/imports.ts';
import { listens } from '../support/live.ts';
import { numbersPage, numbersTable } from '../support/numbers.ts';
import { ONLY_TO_LOOK, people } from '../support/people.ts';
import { consolePages } from '../support/provider.ts';
import { expectRow, expectRows, row, table } from '../support/tables.ts';
import { usersPage } from '../support/users.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

test('the Import buttons lead to the pages', async ({ page }) => {
  for (const [from, kind] of [[numbersPage(alder), 'numbers'], [usersPage(alder), 'users']] as const) {
    await page.goto(from);
    await page.getByRole('link', { name: 'Import', exact: true }).first().click();
    await expect(page).toHaveURL(importPage(alder, kind));
    await expect(page.getByRole('heading', { name: `Import ${kind}`, level: 1 })).toBeVisible();
  }
});

test('the sample file of the older portal is read, checked and has nothing rejected', async ({ page }) => {
  await uploadFile(page, 'numbers', sample('numbers.csv'));
  await expect(page.getByText(/^numbers\.csv, \d+ KB$/)).toBeVisible();
  await expect(field(page, 'Encoding')).toHaveValue('utf8');
  await expect(field(page, 'Separator')).toHaveValue('comma');
  await expect(field(page, 'Phone Number')).toHaveValue('1');
  await expect(field(page, 'Country Code')).toHaveValue('0');
  await check(page);
  await expectCounts(page, / added, .* 0 rejected/);
  await expect(page.getByRole('link', { name: 'Download rejected rows' })).toHaveCount(0);
});

test('the rows of the messy file are filtered to problems', async ({ page }) => {
  await uploadFile(page, 'numbers', sample('numbers-messy.csv'));
  await check(page);
  await expect(outcomes(page).getByRole('rowheader')).toHaveCount(16);
  await expect(readyRows(page, /^Missing people/)).toHaveCount(0);
  await page.getByRole('link', { name: 'Only problems' }).click();
  await expect(page).toHaveURL(/filter=outcome/);
  await expectRow(outcomes(page), {
    Line: '3',
    Outcome: 'Rejected',
    Details: 'The number has an extension, which messages cannot reach. Leave the extension out.',
  });
  await expect(row(outcomes(page), '9')).toHaveCount(0);
  // The view can be shared and walked back.
  await page.reload();
  await expect(row(outcomes(page), '3')).toHaveCount(1);
  await expect(row(outcomes(page), '9')).toHaveCount(0);
});

test('a file is imported, and its rejected rows are mended and imported again', async ({ page }) => {
  const file = 'Number,SMS\n+15415550150,TRUE\n+15415550151,maybe\n';
  await uploadFile(page, 'numbers', textFile('new.csv', file));
  await check(page);
  await expectCounts(page, '1 added, 0 changed, 0 unchanged, 1 rejected');
  await apply(page);
  await expect(page.getByText('1 added, 0 changed, 0 unchanged, 1 rejected.').first()).toBeVisible();
  await expectAccessibleInBothThemes(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download rejected rows' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('rejected-numbers.csv');
  const rejected = await readFile(await download.path(), 'utf8');
  expect(rejected).toContain("'+15415550151,maybe,");

  await page.getByRole('link', { name: 'Upload another file' }).click();
  await chooseFile(page, textFile('mended.csv', rejected.replace(',maybe,', ',TRUE,')));
  await check(page);
  await expectCounts(page, '1 added, 0 changed, 0 unchanged, 0 rejected');
  await apply(page);
  await page.getByRole('link', { name: 'Show the numbers' }).click();
  await expect(numbersTable(page)).toBeVisible();
  // It is a task, which is found again on the Dashboard.
  await page.goto(dashboard(alder));
  const task = table(page, 'Tasks').getByRole('row').nth(1);
  await expect(task.getByRole('rowheader')).toHaveText('Import Numbers mended.csv');
  await expect(task).toContainText(people.alderAdmin.name);
  await expect(task).toContainText('Done');
  await page.goto(numbersPage(alder, { search: '541 555 015' }));
  await expectRow(numbersTable(page), { 'Phone Number': '+1 541 555 0150', 'Assigned To': 'Unassigned' });
  await expectRow(numbersTable(page), { 'Phone Number': '+1 541 555 0151', 'Assigned To': 'Unassigned' });
});

test('the rejected rows of an import are found again by its task', async ({ page }) => {
  await uploadFile(page, 'numbers', textFile('left.csv', 'Number,SMS\n+15415550197,TRUE\n+15415550198,maybe\n'));
  await check(page);
  const address = page.url();
  await apply(page);

  await page.goto(dashboard(alder));
  await table(page, 'Tasks').getByRole('link', { name: 'Import Numbers left.csv', exact: true }).click();
  const details = dialog(page, 'Import Numbers');
  await expect(details.getByText('1 added, 0 changed, 0 unchanged, 1 rejected.')).toBeVisible();
  await expect(details.getByText('left.csv')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await details.getByRole('link', { name: 'Open the import' }).click();

  await expect(page).toHaveURL(address);
  await expect(page.getByText('The file was imported')).toBeVisible();
  await page.getByRole('link', { name: 'Only problems' }).click();
  await expect(outcomes(page).getByRole('rowheader')).toHaveCount(1);
  await expectRow(outcomes(page), { Line: '3', Outcome: 'Rejected', Details: /^SMS must be TRUE or FALSE/ });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download rejected rows' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain("'+15415550198,maybe,");
});

test('imports are found by the names of their files', async ({ page }) => {
  for (const [name, number] of [['first.csv', '+15415550193'], ['second.csv', '+15415550194']] as const) {
    await uploadFile(page, 'numbers', textFile(name, `Number\n${number}\n`));
    await check(page);
    await apply(page);
  }
  await page.goto(dashboard(alder));
  await page.getByRole('searchbox').fill('second.c');
  await expect(table(page, 'Tasks').getByRole('rowheader')).toHaveText(['Import Numbers second.csv']);
});

test('somebody says what the columns hold', async ({ page, quiet }) => {
  quiet.expectAnswer(422);
  await uploadFile(page, 'numbers', textFile('other.csv', 'Rufnummer;Kurznachrichten\n+15415550160;WAHR\n'));
  await expect(field(page, 'Separator')).toHaveValue('semicolon');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(field(page, 'Phone Number')).toHaveAccessibleDescription('Choose the column that holds Phone Number.');
  await field(page, 'Phone Number').selectOption('1. Rufnummer');
  await field(page, 'SMS').selectOption('2. Kurznachrichten');
  await check(page);
  await expectCounts(page, '1 added, 0 changed, 0 unchanged, 0 rejected');
  await field(page, 'Separator').selectOption('Comma');
  await expect(field(page, 'Phone Number')).toHaveValue('');
  await expect(applyButton(page)).toHaveCount(0);
});

for (const { saved, encoding, mark, told } of [
  { saved: 'UTF-8', encoding: 'utf8', mark: '', told: 'utf8' },
  { saved: 'UTF-8 with a mark', encoding: 'utf8', mark: '\ufeff', told: 'utf8' },
  { saved: 'Unicode Text', encoding: 'utf16le', mark: '\ufeff', told: 'utf16_le' },
  { saved: 'Windows-1252', encoding: 'latin1', mark: '', told: 'windows1252' },
] as const) {
  test(`a file that a spreadsheet program saved as ${saved} is read`, async ({ page }) => {
    const file = `${mark}User principal name\tDisplay name\r\nzoe@alder.example\tZoë Vega\r\n`;
    await uploadFile(page, 'users', textFile('saved.txt', file, encoding));
    await expect(field(page, 'Encoding')).toHaveValue(told);
    await expect(field(page, 'Separator')).toHaveValue('tab');
    await expect(firstRows(page).getByRole('columnheader')).toHaveText(['1. User principal name', '2. Display name']);
    await expect(firstRows(page).getByRole('cell')).toHaveText(['zoe@alder.example', 'Zoë Vega']);
  });
}

test('the first rows show how a file is read otherwise', async ({ page }) => {
  const text = 'User principal name;Display name\nzoe@alder.example;Zoë Vega\nada@alder.example;Ada Brandt\n';
  await uploadFile(page, 'users', textFile('western.csv', text, 'latin1'));
  const cells = firstRows(page).getByRole('cell');
  await expect(cells).toHaveText(['zoe@alder.example', 'Zoë Vega', 'ada@alder.example', 'Ada Brandt']);
  await field(page, 'Encoding').selectOption('UTF-8');
  await expect(cells).toHaveText(['zoe@alder.example', 'Zo\ufffd Vega', 'ada@alder.example', 'Ada Brandt']);
  await field(page, 'Encoding').selectOption('Windows-1252 (Western European)');
  await expect(cells).toHaveText(['zoe@alder.example', 'Zoë Vega', 'ada@alder.example', 'Ada Brandt']);
  await field(page, 'Separator').selectOption('Comma');
  await expect(cells).toHaveText(['zoe@alder.example;Zoë Vega', 'ada@alder.example;Ada Brandt']);
  await expect(firstRows(page).getByRole('columnheader')).toHaveText(['1. User principal name;Display name']);
  await expectAccessibleInBothThemes(page);
});

test('a file without a header is imported from its first line', async ({ page }) => {
  await uploadFile(page, 'numbers', textFile('bare.csv', '+15415550188;TRUE\n+15415550189;TRUE\n'));
  await expect(field(page, 'First line')).toHaveValue('row');
  await expect(firstRows(page).getByRole('columnheader')).toHaveText(['1. Column 1', '2. Column 2']);
  await expect(firstRows(page).getByRole('cell')).toHaveText(['+15415550188', 'TRUE', '+15415550189', 'TRUE']);
  await field(page, 'First line').selectOption('Names of the columns');
  await expect(firstRows(page).getByRole('columnheader')).toHaveText(['1. +15415550188', '2. TRUE']);
  await field(page, 'First line').selectOption('A row like the others');
  await expect(firstRows(page).getByRole('columnheader')).toHaveText(['1. Column 1', '2. Column 2']);
  await field(page, 'Phone Number').selectOption('1. Column 1');
  await field(page, 'SMS').selectOption('2. Column 2');
  await check(page);
  await expectCounts(page, '2 added, 0 changed, 0 unchanged, 0 rejected');
});

test('the preview says what a row changes and what a new number will be', async ({ page }) => {
  const head = 'Number,SMS,Voice,Carrier Profile,Domain\n';
  await uploadFile(page, 'numbers', textFile('first.csv', `${head}+15415550195,TRUE,TRUE,,\n+15415550196,TRUE,,,\n`));
  await check(page);
  await expectRow(outcomes(page), { Line: '2', Outcome: 'Added', Details: 'SMS on; Voice on' });
  await apply(page);

  const changes = '+15415550195,FALSE,,main netsapiens,clinic.alder.example\n+15415550196,TRUE,,,\n+15415550187,,,,\n';
  await uploadFile(page, 'numbers', textFile('second.csv', `${head}${changes}`));
  await check(page);
  await expectCounts(page, '1 added, 1 changed, 1 unchanged, 0 rejected');
  const changed = 'SMS on → off; Carrier profile none → Main NetSapiens; Hosting domain none → clinic.alder.example';
  await expectRow(outcomes(page), { Line: '2', Row: '+15415550195', Outcome: 'Changed', Details: changed });
  await expectRow(outcomes(page), { Line: '3', Outcome: 'Unchanged', Details: '' });
  await expectRow(outcomes(page), { Line: '4', Outcome: 'Added', Details: 'SMS off' });
  await page.goto(`${new URL(page.url()).pathname}?search=hosting%20domain`);
  await expectRows(outcomes(page), ['2']);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe has nothing to report', async ({ page }) => {
      await page.goto(importPage(alder, 'users'));
      await expectAccessible(page);
      await uploadFile(page, 'numbers', sample('numbers-messy.csv'));
      await expectAccessible(page);
      await check(page);
      await expect(outcomes(page)).toBeVisible();
      await expectAccessible(page);
    });
  });
}

for (const width of [320, 390, 1024]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 800 } });

    test('nothing sticks out', async ({ page }) => {
      await page.goto(importPage(alder, 'numbers'));
      await expectNoSidewaysScroll(page);
      await uploadFile(page, 'numbers', sample('numbers-messy.csv'));
      await check(page);
      await expect(outcomes(page)).toBeVisible();
      await expectNoSidewaysScroll(page);
    });
  });
}

test.describe('a viewer', () => {
  test.use({ person: people.alderViewer });

  test('is told why nothing can be imported', async ({ page }) => {
    await page.goto(numbersPage(alder));
    const link = page.getByRole('link', { name: 'Import', exact: true }).first();
    await expect(link).toBeDisabled();
    await expect(link).toHaveAccessibleDescription(ONLY_TO_LOOK);
    await page.goto(importPage(alder, 'numbers'));
    await expect(chooseButton(page)).toBeDisabled();
    await expect(chooseButton(page)).toHaveAccessibleDescription(ONLY_TO_LOOK);
  });
});

test('what is chosen for a file outlives what the provider changes meanwhile', async ({ page, getPageAsUser }) => {
  const listening = listens(page, alder);
  await uploadFile(page, 'numbers', textFile('chosen.csv', 'Rufnummer;Kurznachrichten\n+15415550161;WAHR\n'));
  await listening;
  await field(page, 'Phone Number').selectOption('1. Rufnummer');

  const provider = await getPageAsUser(people.provider);
  await provider.goto(consolePages.contact);
  await provider.getByLabel('Phone number').fill(`+1 206 555 3${Math.floor(100 + Math.random() * 900)}`);
  await provider.getByRole('button', { name: 'Save' }).click();
  const told = page.getByRole('status').filter({ hasText: 'Settings of this enterprise have changed.' });
  // What is promised: two seconds, and some for a busy machine.
  await expect(told).toBeVisible({ timeout: 5_000 });
  await expect(field(page, 'Phone Number')).toHaveValue('0');

  await check(page);
  await expect(told).toBeHidden();
  await expect(field(page, 'Phone Number')).toHaveValue('0');
  await expectCounts(page, '1 added, 0 changed, 0 unchanged, 0 rejected');
});
