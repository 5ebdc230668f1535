// The tasks on the Dashboard: their states, who started them, how long they took, and trying them again. What runs shows how far
// it is in imports-progress.spec.ts.
import { expect, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { borealis, dashboard } from '../support/addresses.ts';
import { sync } from '../support/dashboard.ts';
import { dialog, expectNotice, question } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { cell, openFilter, sortBy } from '../support/tables.ts';
import { DURATION, MOMENT, showTasksAs, tasksTable } from '../support/tasks.ts';

// A sync changes what others would count.
test.use({ person: people.borealisAdmin, database: 'changed' });

test.beforeEach(async ({ page }) => {
  await page.goto(dashboard(borealis));
  await sync(page);
});

test('what is done says who started it, when, and how long it took', async ({ page }) => {
  const tasks = tasksTable(page);
  const first = tasks.getByRole('row').nth(1);
  await expect(first.getByRole('rowheader')).toHaveText('Sync SMS App');
  await expect(await cell(first, tasks, 'Started By')).toHaveText(people.borealisAdmin.name);
  await expect(await cell(first, tasks, 'Requested')).toHaveText(MOMENT);
  await expect(await cell(first, tasks, 'State')).toHaveText(/^\s*Done\s*$/);
  await expect(await cell(first, tasks, 'Duration')).toHaveText(DURATION);
  await first.getByRole('link', { name: /^Details/ }).click();
  const details = dialog(page, 'Sync SMS App');
  await expect(details.getByRole('term').filter({ hasText: 'Duration' })).toBeVisible();
  await expect(details.getByRole('definition').filter({ hasText: DURATION })).toBeVisible();
});

test('what waits says so, and took no time yet', async ({ page, quiet }) => {
  const tasks = await showTasksAs(page, quiet, 'waiting', null);
  const first = tasks.getByRole('row').nth(1);
  await expect(await cell(first, tasks, 'State')).toHaveText(/^\s*Waiting\s*$/);
  await expect(await cell(first, tasks, 'Started By')).toHaveText(people.borealisAdmin.name);
  await expect(await cell(first, tasks, 'Requested')).toHaveText(MOMENT);
  await expect(await cell(first, tasks, 'Duration')).toHaveText('');
  await expect(first.getByRole('link', { name: /^Retry/ })).toHaveCount(0);
  await expectAccessibleInBothThemes(page);
});

test('what waits for another try says why the last one failed', async ({ page, quiet }) => {
  const tasks = await showTasksAs(page, quiet, 'waiting', 'The disk was full.');
  const state = await cell(tasks.getByRole('row').nth(1), tasks, 'State');
  await expect(state).toHaveText(/^\s*Waiting\s+Trying again\. The last try failed: The disk was full\.\s*$/);
});

test('what has failed says why, in the table and in its dialog', async ({ page, quiet }) => {
  const tasks = await showTasksAs(page, quiet, 'failed', 'The disk was full.');
  const first = tasks.getByRole('row').nth(1);
  await expect(await cell(first, tasks, 'State')).toHaveText(/^\s*Failed\s+The disk was full\.\s*$/);
  await expect(await cell(first, tasks, 'Duration')).toHaveText(DURATION);
  await expect(first.getByRole('link', { name: /^Retry/ })).toBeVisible();
  await expectAccessibleInBothThemes(page);

  await first.getByRole('link', { name: /^Details/ }).click();
  const details = dialog(page, 'Sync SMS App');
  await expect(details.getByText('Failed', { exact: true })).toBeVisible();
  await expect(details.getByText('The disk was full.')).toBeVisible();
  await expect(details.getByRole('button', { name: 'Retry' })).toBeVisible();
});

test('what has failed is tried again', async ({ page, quiet }) => {
  const tasks = await showTasksAs(page, quiet, 'failed', 'The disk was full.');
  await tasks.getByRole('link', { name: 'Sync SMS App', exact: true }).first().click();
  const details = dialog(page, 'Sync SMS App');
  await expect(details).toContainText('The disk was full.');
  await details.getByRole('button', { name: 'Retry' }).click();
  const asked = question(page, 'Retry Sync SMS App?');
  await expect(asked).toContainText('Why it failed: The disk was full.');
  await expectAccessibleInBothThemes(page);
  await asked.getByRole('button', { name: 'Retry' }).click();
  await expect(asked).toBeHidden();
  await expectNotice(page, 'Sync SMS App is tried again.');
});

test('tasks are searched, sorted and filtered', async ({ page }) => {
  const tasks = tasksTable(page);
  await page.getByRole('searchbox').fill('novak');
  await expect(tasks.getByRole('rowheader').first()).toHaveText('Sync SMS App');
  await page.getByRole('searchbox').fill('nobody of that name');
  await expect(page.getByText('No tasks match')).toBeVisible();
  await page.getByRole('searchbox').fill('');
  const state = await openFilter(tasks, 'State');
  await state.getByRole('checkbox', { name: 'Failed' }).check();
  await expect(page.getByText('No tasks match')).toBeVisible();
  await state.getByRole('checkbox', { name: 'Done' }).check();
  await page.keyboard.press('Escape');
  await sortBy(tasks, 'Requested').click();
  await expect(tasks.getByRole('columnheader', { name: /^Requested/ })).toHaveAttribute('aria-sort', 'ascending');
});
