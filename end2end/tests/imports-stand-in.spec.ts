// Importing the numbers of a carrier, from the choice of its profile to the Numbers page.
import { readFile } from 'node:fs/promises';

import { expect, test } from '../fixtures/test.ts';
import { expectAccessible } from '../support/accessibility.ts';
import { alder } from '../support/addresses.ts';
import {
  apply,
  check,
  expectCounts,
  expectUploaded,
  field,
  importPage,
  listNumbers,
  outcomes,
} from '../support/imports.ts';
import { numbersPage, numbersTable } from '../support/numbers.ts';
import { people } from '../support/people.ts';
import { expectRow } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed', carriers: 'stand-in' });

test('what a carrier lists is looked at, checked and imported', async ({ page, standIn }) => {
  const host = 'api.netsapiens.example';
  await standIn?.seedNumbers({ host, domain: 'clinic.alder.example', first: 15_095_550_100, count: 20 });
  // Of a domain that is not Alder's.
  await standIn?.seedNumbers({ host, domain: 'somebody-else.example', first: 15_095_550_300, count: 5 });

  await page.goto(importPage(alder, 'numbers'));
  await listNumbers(page, 'Main NetSapiens (NetSapiens)');
  await expectUploaded(page);
  await expect(page.getByText(/^Main NetSapiens \(from the carrier\), \d+ KB$/)).toBeVisible();
  await expect(field(page, 'Phone Number')).toHaveValue('0');
  await expect(field(page, 'Domain')).toHaveValue('5');
  await check(page);
  await expectCounts(page, '23 added, 0 changed, 0 unchanged, 4 rejected');
  await page.getByRole('link', { name: 'Only problems' }).click();
  await expect(outcomes(page).getByRole('rowheader')).toHaveCount(4);
  await expectRow(outcomes(page), { Line: '28', Outcome: 'Rejected', Details: /^MMS must be TRUE or FALSE/ });
  await expectAccessible(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download rejected rows' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain('clinic.alder.example');
  await apply(page);

  await page.goto(numbersPage(alder, { search: '509 555 0119' }));
  await expectRow(numbersTable(page), {
    'Phone Number': '+1 509 555 0119',
    'Assigned To': 'Unassigned',
    'SMS Carrier': /^Main NetSapiens\s?NetSapiens$/,
  });
  await page.goto(importPage(alder, 'numbers'));
  await listNumbers(page, 'Main NetSapiens (NetSapiens)');
  await expectUploaded(page);
  await check(page);
  await expectCounts(page, '0 added, 0 changed, 23 unchanged, 4 rejected');
});

test('a carrier that refuses the credentials is told', async ({ page, quiet }) => {
  quiet.expectAnswer(409);
  await page.goto(importPage(alder, 'numbers'));
  await listNumbers(page, 'SkySwitch West (SkySwitch)');
  await expect(page.getByRole('alert')).toHaveText(/^\s*The carrier refused the credentials\.\s*$/);
});
