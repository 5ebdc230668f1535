// Which files are taken and how they come to the page.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { expect, test } from '../fixtures/test.ts';
import { alder } from '../support/addresses.ts';
import { chooseButton, chooseFile, expectUploaded, importPage, textFile } from '../support/imports.ts';
import { people } from '../support/people.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

for (const kind of ['numbers', 'users'] as const) {
  test(`the limits of a file with ${kind} are told, and the page refuses a larger one`, async ({ page }, testInfo) => {
    await page.goto(importPage(alder, kind));
    await expect(page.getByText('CSV or another text file, up to 50 MB and 500,000 rows.')).toBeVisible();
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/import/upload/')) {
        sent.push(request.url());
      }
    });
    const large = testInfo.outputPath('large.csv');
    await mkdir(dirname(large), { recursive: true });
    await writeFile(large, Buffer.alloc(50 * 1024 * 1024 + 1, '1'));
    const choosing = page.waitForEvent('filechooser');
    await chooseButton(page).click();
    await (await choosing).setFiles(large);
    await expect(page.getByRole('alert')).toHaveText(
      /^\s*The file is larger than 50 MB, the most that can be imported at once; split it\.\s*$/,
    );
    await rm(large);
    expect(sent).toEqual([]);
    await expect(page).toHaveURL(importPage(alder, kind));
    // Another one can be chosen, which is sent.
    const file = kind === 'numbers' ? 'Number\n+15415550198\n' : 'User principal name,Display name\n';
    await chooseFile(page, textFile('small.csv', file));
    expect(sent).toHaveLength(1);
  });
}

test('a file can be dropped', async ({ page }) => {
  await page.goto(importPage(alder, 'numbers'));
  const dataTransfer = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['Number\n+15415550170\n'], 'dropped.csv', { type: 'text/csv' }));
    return transfer;
  });
  await page.getByText('Drop a file here, or').dispatchEvent('drop', { dataTransfer });
  await expectUploaded(page);
  await expect(page.getByText('dropped.csv, 1 KB')).toBeVisible();
});

test('a workbook is refused with what to do', async ({ page, quiet }) => {
  quiet.expectAnswer(422);
  await page.goto(importPage(alder, 'numbers'));
  const choosing = page.waitForEvent('filechooser');
  await chooseButton(page).click();
  await (await choosing).setFiles(textFile('numbers.xlsx', 'PK\u0003\u0004rest'));
  await expect(page.getByRole('alert')).toContainText('save it as CSV in the spreadsheet program');
});

test('a template can be downloaded', async ({ page }) => {
  await page.goto(importPage(alder, 'numbers'));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download a template' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('numbers-template.csv');
  expect(await readFile(await download.path(), 'utf8')).toContain('Phone Number,Country Code');
});
