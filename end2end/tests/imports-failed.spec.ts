// An import that has failed: what its page says, and trying it again.
import type { Page } from '@playwright/test';

import { expect, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { alder, dashboard } from '../support/addresses.ts';
import { dialog, expectNotice, question, save } from '../support/groups.ts';
import { applyButton, textFile, uploadFile } from '../support/imports.ts';
import { people } from '../support/people.ts';
import { consolePages, openSettings } from '../support/provider.ts';
import { cell, table } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

/** So many that the server can be ended before they are imported; all but the first are rejected. */
const ROWS = 50_000;
/** What a busy machine may need for them, and longer than a task waits for a server that does not come back. */
const LONG = { timeout: 90_000 };
const REASON = /does not allow/;

/** Switches whether Alder keeps its numbers, as its provider. */
async function setKeepsNumbers(provider: Page, keeps: boolean): Promise<void> {
  await provider.goto(consolePages.enterprises);
  const settings = await openSettings(provider, 'Alder Clinics');
  await settings.getByRole('checkbox', { name: 'Manages its own numbers' }).setChecked(keeps);
  await save(settings);
  await expectNotice(provider, 'Alder Clinics updated.');
}

test('says so on its page, and is carried out by Retry once it can be', async ({ page, portal, getPageAsUser }) => {
  test.setTimeout(300_000);
  const provider = await getPageAsUser(people.provider);
  const importer = await getPageAsUser(people.alderAdmin);
  await uploadFile(importer, 'numbers', textFile('cut-off.csv', `Number\n${'+15415550192\n'.repeat(ROWS)}`));
  await importer.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(importer.getByText('This was a check; nothing was changed.')).toBeVisible(LONG);
  const address = importer.url();
  await applyButton(importer).click();
  await expect(importer.getByRole('progressbar', { name: 'Progress of the import' })).toBeVisible();
  await importer.close();

  // The task waits half a minute for the server that had it, and asks then what its person may do.
  await portal.crash();
  await setKeepsNumbers(provider, false);
  await page.goto(dashboard(alder));
  const tasks = table(page, 'Tasks');
  const task = tasks.getByRole('row').nth(1);
  await expect(task.getByRole('rowheader')).toHaveText('Import Numbers cut-off.csv');
  const state = await cell(task, tasks, 'State');
  await expect(state).toContainText('Failed', LONG);
  await expect(state).toContainText(REASON);
  await setKeepsNumbers(provider, true);

  await page.goto(dashboard(alder));
  await task.getByRole('link', { name: 'Import Numbers cut-off.csv', exact: true }).click();
  await dialog(page, 'Import Numbers').getByRole('link', { name: 'Open the import' }).click();
  await expect(page).toHaveURL(address);
  await expect(page.getByText('Nothing was imported', { exact: true })).toBeVisible();
  await expect(page.getByText(REASON)).toBeVisible();
  await expect(applyButton(page)).toBeEnabled();
  await expectAccessibleInBothThemes(page);

  await page.goto(dashboard(alder));
  await task.getByRole('link', { name: /^Retry/ }).click();
  const asked = question(page, 'Retry Import Numbers?');
  await expect(asked).toContainText(REASON);
  await asked.getByRole('button', { name: 'Retry' }).click();
  await expectNotice(page, 'Import Numbers is tried again.');
  await expect(state).toContainText('Done', LONG);
  await page.goto(new URL(address).pathname);
  await expect(page.getByText('The file was imported')).toBeVisible();
  await expect(page.getByText(`1 added, 0 changed, 0 unchanged, ${ROWS - 1} rejected.`).first()).toBeVisible();
});
