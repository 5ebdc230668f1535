// How far an import is, while it runs.
import type { Page } from '@playwright/test';

import { expect, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from '../support/accessibility.ts';
import { alder, dashboard } from '../support/addresses.ts';
import { dialog } from '../support/groups.ts';
import { applyButton, textFile, uploadFile } from '../support/imports.ts';
import { people } from '../support/people.ts';
import { cell } from '../support/tables.ts';
import { DURATION, tasksTable } from '../support/tasks.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

/** So many that the import lasts long enough to be seen; all but the first are rejected, so the database stays small. */
const ROWS = 50_000;
/** What a busy machine may need for them. */
const LONG = { timeout: 60_000 };

/** Expects that the page as it is now reads well in both themes and in narrow windows. */
async function expectReadable(page: Page): Promise<void> {
  await expectAccessibleInBothThemes(page);
  const before = page.viewportSize() ?? { width: 1280, height: 720 };
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNoSidewaysScroll(page);
  }
  await page.setViewportSize(before);
}

test('shows on its page and on the Dashboard, and then what it came to', async ({ page, getPageAsUser }) => {
  test.setTimeout(180_000);
  await uploadFile(page, 'numbers', textFile('large.csv', `Number\n${'+15415550190\n'.repeat(ROWS)}`));
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText('This was a check; nothing was changed.')).toBeVisible(LONG);
  const other = await getPageAsUser(people.alderAdmin);
  await other.goto(dashboard(alder));

  await applyButton(page).click();

  await expect(page.getByRole('progressbar', { name: 'Progress of the import' })).toBeVisible();
  const tasks = tasksTable(other);
  const bar = other.getByRole('progressbar', { name: 'Progress of Import Numbers' });
  const running = tasks.getByRole('row').filter({ has: bar });
  const started = `${people.alderAdmin.name}[^]*Running[^]*[1-9]\\d* of ${ROWS}`;
  await expect(running).toContainText(new RegExp(started));
  const result = `1 added, 0 changed, 0 unchanged, ${ROWS - 1} rejected.`;
  await expect(page.getByText('The file was imported')).toBeVisible(LONG);
  await expect(page.getByText(result).first()).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveCount(0);

  const done = tasks.getByRole('row').nth(1);
  await expect(done).toContainText('Done');
  await expect(await cell(done, tasks, 'Duration')).toHaveText(DURATION);
  await done.getByRole('link', { name: 'Import Numbers large.csv', exact: true }).click();
  await expect(other.getByRole('dialog', { name: 'Import Numbers' }).getByText(result)).toBeVisible();
});

test('reads well while it runs and once it is done', async ({ page }) => {
  test.setTimeout(180_000);
  await uploadFile(page, 'numbers', textFile('looked-at.csv', `Number\n${'+15415550199\n'.repeat(ROWS)}`));
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText('This was a check; nothing was changed.')).toBeVisible(LONG);
  // From the first answer that tells of progress on, the page hears no more until it was looked at.
  let goOn = () => {};
  const looked = new Promise<void>((resolve) => (goOn = resolve));
  const bar = page.getByRole('progressbar', { name: 'Progress of the import' });
  await page.route(/\/rpc\/import\/get\?/, async (route) => {
    if (await bar.isVisible()) {
      await looked;
    }
    await route.continue();
  });
  await applyButton(page).click();
  await expect(bar).toBeVisible();
  await expectReadable(page);
  await expect(bar).toBeVisible();

  goOn();
  await expect(page.getByText('The file was imported')).toBeVisible(LONG);
  await expectReadable(page);
});

test('is found again by the task of a file whose page was left', async ({ page }) => {
  test.setTimeout(240_000);
  // Twice as many: somebody walks away and back meanwhile.
  const rows = 2 * ROWS;
  await uploadFile(page, 'numbers', textFile('left-early.csv', `Number\n${'+15415550191\n'.repeat(rows)}`));
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText('This was a check; nothing was changed.')).toBeVisible(LONG);
  const address = page.url();
  await applyButton(page).click();
  await expect(page.getByRole('progressbar', { name: 'Progress of the import' })).toBeVisible();

  await page.getByRole('banner').getByRole('link', { name: 'Dashboard' }).click();
  await tasksTable(page).getByRole('link', { name: 'Import Numbers left-early.csv', exact: true }).click();
  const details = dialog(page, 'Import Numbers');
  await expect(details.getByRole('progressbar', { name: 'Progress of Import Numbers' })).toBeVisible();
  await details.getByRole('link', { name: 'Open the import' }).click();

  await expect(page).toHaveURL(address);
  await expect(page.getByText('The file was imported')).toBeVisible(LONG);
  await expect(page.getByText(`1 added, 0 changed, 0 unchanged, ${rows - 1} rejected.`).first()).toBeVisible();
});
