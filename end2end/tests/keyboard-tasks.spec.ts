// Tasks without a mouse: importing a file, and trying again what has failed.
import { expect, test } from '../fixtures/test.ts';
import { alder, borealis, dashboard } from '../support/addresses.ts';
import { sync } from '../support/dashboard.ts';
import { expectNotice, question } from '../support/groups.ts';
import { applyButton, chooseButton, expectCounts, expectUploaded, importPage, textFile } from '../support/imports.ts';
import { walkAndPress } from '../support/keyboard.ts';
import { numbersTable } from '../support/numbers.ts';
import { people } from '../support/people.ts';
import { showTasksAs } from '../support/tasks.ts';

test.use({ database: 'changed' });

test.describe('numbers', () => {
  test.use({ person: people.alderAdmin });

  test('importing a file', async ({ page }) => {
    await page.goto(importPage(alder, 'numbers'));
    const choosing = page.waitForEvent('filechooser');
    await walkAndPress(page, chooseButton(page));
    await (await choosing).setFiles(textFile('keys.csv', 'Number\n+15415550180\n'));
    await expectUploaded(page);
    await walkAndPress(page, page.getByRole('button', { name: 'Check', exact: true }));
    await expectCounts(page, 'This was a check; nothing was changed.');
    await walkAndPress(page, applyButton(page));
    await expect(page.getByText('The file was imported')).toBeVisible();
    await walkAndPress(page, page.getByRole('link', { name: 'Show the numbers' }));
    await expect(numbersTable(page)).toBeVisible();
  });
});

test.describe('a sync', () => {
  test.use({ person: people.borealisAdmin });

  test('trying again what has failed', async ({ page, quiet }) => {
    await page.goto(dashboard(borealis));
    await sync(page);
    const tasks = await showTasksAs(page, quiet, 'failed', 'The disk was full.');
    const retry = tasks.getByRole('link', { name: /^Retry Sync SMS App/ }).first();
    const asked = question(page, 'Retry Sync SMS App?');

    await walkAndPress(page, retry);
    await expect(asked).toContainText('Why it failed: The disk was full.');
    await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(asked).toBeHidden();
    await expect(retry).toBeFocused();

    await page.keyboard.press('Enter');
    await expect(asked).toContainText('Why it failed: The disk was full.');
    await walkAndPress(page, asked.getByRole('button', { name: 'Retry' }));
    await expect(asked).toBeHidden();
    await expectNotice(page, 'Sync SMS App is tried again.');
  });
});
