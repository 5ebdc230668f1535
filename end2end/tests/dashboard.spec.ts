// The Dashboard: what needs attention, the sync of a legacy enterprise, and the tasks.
import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures/test.ts';
import { expectAccessible, expectAccessibleInBothThemes, expectNoSidewaysScroll } from '../support/accessibility.ts';
import { alder, atTab, borealis, configuration, dashboard, smsTab } from '../support/addresses.ts';
import { addGroup, dialog, expectNotice, uniqueName } from '../support/groups.ts';
import { listens } from '../support/live.ts';
import { people } from '../support/people.ts';
import { answer, answerTo, taskIn, tasksIn } from '../support/postcard.ts';
import { signIn } from '../support/sign-in.ts';
import { cell, count, expectRows, filterChips, openFilter, sortBy, table } from '../support/tables.ts';

// A sync changes what others would count.
test.use({ database: 'changed' });

const MOMENT = /^\d{1,2} \w{3} \d{4}, \d\d:\d\d$/;

function health(page: Page): Locator {
  return page.getByRole('list', { name: 'What needs attention' });
}

/** The link of a count. */
function counted(page: Page, what: string | RegExp): Locator {
  return health(page).getByRole('link', { name: what });
}

function syncCard(page: Page): Locator {
  return page.getByRole('region', { name: 'Changes for the SMS app' });
}

function syncButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Sync SMS App' });
}

/** Adds a group at Borealis, which is a change that waits for a sync. */
async function change(page: Page): Promise<void> {
  const name = uniqueName('Waits for a sync');
  await page.goto(smsTab(borealis, 'groups', { search: name }));
  await addGroup(page, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
}

/** Presses Sync and waits until everything is live. */
async function sync(page: Page): Promise<void> {
  await syncButton(page).click();
  await expectNotice(page, 'The sync has started.');
  await expect(syncCard(page).getByRole('status')).toContainText('The last sync is done.');
  await expect(syncCard(page)).toContainText('Every change is live.');
}

test.describe('an enterprise with the unified app', () => {
  test.use({ person: people.alderAdmin });

  test('says what needs attention, with links to just that', { tag: '@reading' }, async ({ page }) => {
    await page.goto(smsTab(alder, 'groups'));
    await page.getByRole('banner').getByRole('link', { name: 'Dashboard' }).click();
    await expect(page).toHaveTitle('Dashboard · Alder Clinics · Messaging Portal');
    await expect(page.getByRole('banner').getByRole('link', { name: 'Dashboard' })).toHaveAttribute('aria-current', 'page');
    await expect(health(page).getByRole('listitem')).toHaveText([
      /^2\s*expired domains, 81 numbers affected$/,
      /^1\s*domain expiring soon, 40 numbers affected$/,
      /^\d+\s*groups? in which nobody gets messages$/,
      /^\d+\s*free numbers$/,
    ]);
    await expect(counted(page, /free numbers/)).toHaveAttribute('href', /\/e\/alder-clinics\/numbers\?filter=services/);
    await counted(page, /expired domains/).click();
    await expect(page).toHaveURL(atTab(alder, 'domains'));
    await expectRows(table(page, 'Domain subscriptions'), ['records.alder.example', 'west.alder.example']);
    await page.goBack();
    await counted(page, /expiring soon/).click();
    await expectRows(table(page, 'Domain subscriptions'), ['urgent-care.alder.example']);
    await page.goBack();
    await counted(page, /nobody gets messages/).click();
    await expect(page).toHaveURL(atTab(alder, 'groups'));
    await expect(filterChips(page)).toHaveText([/^Reachable Members/]);
  });

  test('names what is wrong, with links to just that', { tag: '@reading' }, async ({ page }) => {
    await page.goto(dashboard(alder));
    const alerts = page.getByRole('list', { name: 'Alerts' });
    await expect(alerts.getByRole('listitem')).toHaveText([
      /^\s*Domain has expired\s*west\.alder\.example\s*since \d/,
      /^\s*Domain has expired\s*records\.alder\.example\s*since \d/,
      /^\s*Domain expires soon\s*urgent-care\.alder\.example\s*since \d/,
    ]);
    await alerts.getByRole('link', { name: 'records.alder.example' }).click();
    await expect(page).toHaveURL(atTab(alder, 'domains'));
    await expectRows(table(page, 'Domain subscriptions'), ['records.alder.example']);
  });

  test('leads to the numbers that are free', async ({ page }) => {
    await page.goto(dashboard(alder));
    const numbers = counted(page, /free numbers/);
    const [free = ''] = /\d+/.exec((await numbers.textContent()) ?? '') ?? [];
    await numbers.click();
    await expect(filterChips(page)).toHaveText(['Services is Free']);
    await expect(count(page, new RegExp(`^${free} of \\d+ numbers$`))).toBeVisible();
  });

  test('explains itself', { tag: '@reading' }, async ({ page }) => {
    await page.goto(dashboard(alder));
    await page.getByRole('link', { name: 'Help with the Dashboard' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dashboard');
  });

  test('shows the column behind a count only to those who choose it', async ({ page }) => {
    await page.goto(smsTab(alder, 'groups'));
    const groups = table(page, 'SMS groups');
    await expect(groups.getByRole('columnheader', { name: /^Reachable Members/ })).toBeHidden();
    await page.getByRole('button', { name: 'View options' }).click();
    await page.getByRole('checkbox', { name: 'Reachable Members' }).check();
    await page.keyboard.press('Escape');
    await expect(groups.getByRole('columnheader', { name: /^Reachable Members/ })).toBeVisible();
    await page.reload();
    await expect(groups.getByRole('columnheader', { name: /^Reachable Members/ })).toBeVisible();
  });
});

test.describe('an enterprise with the legacy app', () => {
  test.use({ person: people.borealisAdmin });

  test('makes changes live by a sync that can be followed', async ({ page }) => {
    await change(page);
    await page.goto(dashboard(borealis));
    await expect(syncCard(page).getByText(/^\d+ changes? (is|are) not live yet\.$/)).toBeVisible();
    await expect(counted(page, /not live yet/)).not.toHaveText(/^0/);
    await expect(counted(page, /not live yet/)).toHaveAttribute('href', configuration(borealis));

    await sync(page);

    await expect(counted(page, /not live yet/)).toHaveText(/^0\s*changes not live yet$/);
    const tasks = table(page, 'Tasks');
    const first = tasks.getByRole('row').nth(1);
    await expect(first.getByRole('rowheader')).toHaveText('Sync SMS App');
    await expect(await cell(first, tasks, 'Started By')).toHaveText(people.borealisAdmin.name);
    await expect(await cell(first, tasks, 'Requested')).toHaveText(MOMENT);
    await expect(await cell(first, tasks, 'State')).toHaveText(/^\s*Done\s*$/);
    await expect(first.getByRole('link', { name: /^Retry/ })).toHaveCount(0);

    await first.getByRole('link', { name: /^Details/ }).click();
    const details = dialog(page, 'Sync SMS App');
    await expect(details.getByText(/(is|are) live, in snapshot \d+\.$/)).toBeVisible();
    await expect(details.getByText(people.borealisAdmin.name)).toBeVisible();
    await page.goBack();
    await expect(details).toBeHidden();
  });

  test('shows a sync that somebody else has started', async ({ page, getPageAsUser }) => {
    const other = await getPageAsUser(people.adminOfBoth);
    const listening = listens(other, borealis);
    await other.goto(dashboard(borealis));
    await listening;
    await change(page);
    await expect(syncCard(other).getByText(/not live yet\.$/)).toBeVisible();
    await page.goto(dashboard(borealis));
    await sync(page);
    await expect(syncCard(other)).toContainText('Every change is live.');
    const latest = table(other, 'Tasks').getByRole('row').nth(1);
    await expect(latest).toContainText(people.borealisAdmin.name);
    await expect(latest).toContainText('Done');
  });

  test('tries a failed task again', async ({ page }) => {
    await page.goto(dashboard(borealis));
    await sync(page);
    // Nothing fails by itself here, so the server's answers about the task are made to say that it did.
    let task: Buffer = Buffer.alloc(0);
    await page.route('**/rpc/task/get?*', async (route) => {
      task = await answerTo(route);
      await answer(route, taskIn(task, 'failed', 'The disk was full.'));
    });
    await page.route('**/rpc/task/retry', (route) => answer(route, taskIn(task, 'waiting', null)));

    await table(page, 'Tasks').getByRole('link', { name: 'Sync SMS App', exact: true }).first().click();
    const details = dialog(page, 'Sync SMS App');
    await expect(details).toContainText('The disk was full.');
    await details.getByRole('button', { name: 'Retry' }).click();
    const question = page.getByRole('alertdialog', { name: 'Retry Sync SMS App?' });
    await expect(question).toContainText('Why it failed: The disk was full.');
    await expectAccessibleInBothThemes(page);
    await question.getByRole('button', { name: 'Retry' }).click();
    await expect(question).toBeHidden();
    await expectNotice(page, 'Sync SMS App is tried again.');
  });

  test('shows in the table that a task has failed, and why', async ({ page, quiet }) => {
    quiet.expectMessage(/Failed to load resource/);
    quiet.expectMessage(/the list could not be taken over/);
    await page.goto(dashboard(borealis));
    await sync(page);
    // As above; and the table is left to the server, whose answers about it can be read.
    await page.route(/\/rpc\/task\/list_all/, (route) => route.abort());
    await page.route(/\/rpc\/task\/list\?/, async (route) => {
      await answer(route, tasksIn(await answerTo(route), 'failed', 'The disk was full.'));
    });
    await page.route(/\/rpc\/task\/get\?/, async (route) => {
      await answer(route, taskIn(await answerTo(route), 'failed', 'The disk was full.'));
    });
    await page.reload();
    const tasks = table(page, 'Tasks');
    await sortBy(tasks, 'Started By').click();
    const first = tasks.getByRole('row').nth(1);
    await expect(await cell(first, tasks, 'State')).toHaveText(/^\s*Failed\s+The disk was full\.\s*$/);
    await expect(first.getByRole('link', { name: /^Retry/ })).toBeVisible();

    await first.getByRole('link', { name: /^Details/ }).click();
    const details = dialog(page, 'Sync SMS App');
    await expect(details.getByText('Failed', { exact: true })).toBeVisible();
    await expect(details.getByText('The disk was full.')).toBeVisible();
    await expect(details.getByRole('button', { name: 'Retry' })).toBeVisible();
  });

  test('cannot be told to sync twice at once', async ({ page }) => {
    await page.goto(dashboard(borealis));
    let started = 0;
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/rpc/task/start_sync', async (route) => {
      started += 1;
      await released;
      await route.continue();
    });
    await syncButton(page).click();
    await expect(syncButton(page)).toBeDisabled();
    await syncButton(page).click({ force: true });
    await syncButton(page).press('Enter');
    release();
    await expectNotice(page, 'The sync has started.');
    await expect(syncButton(page)).toBeEnabled();
    expect(started).toBe(1);
  });

  test('lists tasks that can be searched, sorted and filtered', async ({ page }) => {
    await page.goto(dashboard(borealis));
    await sync(page);
    const tasks = table(page, 'Tasks');
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

  test('is synced and read by keyboard', async ({ page }) => {
    await page.goto(dashboard(borealis));
    await syncButton(page).focus();
    await page.keyboard.press('Enter');
    await expect(syncCard(page).getByRole('status')).toContainText('The last sync is done.');
    const details = table(page, 'Tasks').getByRole('link', { name: /^Details/ }).first();
    await details.focus();
    await page.keyboard.press('Enter');
    await expect(dialog(page, 'Sync SMS App')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog(page, 'Sync SMS App')).toBeHidden();
    await expect(details).toBeFocused();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme });

      test('has nothing to report, nor has a task', async ({ page }) => {
        await change(page);
        await page.goto(dashboard(borealis));
        await expectAccessible(page);
        await sync(page);
        await expectAccessible(page);
        await table(page, 'Tasks').getByRole('link', { name: 'Sync SMS App', exact: true }).first().click();
        await expect(dialog(page, 'Sync SMS App').getByText('Done')).toBeVisible();
        await expectAccessible(page);
      });
    });
  }

  for (const width of [320, 390, 1024]) {
    test(`fits into ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(dashboard(borealis));
      await sync(page);
      await expectNoSidewaysScroll(page);
      await table(page, 'Tasks').getByRole('link', { name: 'Sync SMS App', exact: true }).first().click();
      await expect(dialog(page, 'Sync SMS App')).toBeVisible();
      await expectNoSidewaysScroll(page);
    });
  }
});

test.describe('a viewer', () => {
  test('reads the Dashboard but cannot sync', async ({ page }) => {
    const reason = 'You can look at everything here but not change it. Ask an admin of your enterprise.';
    // Sessions of this person end in other tests, so this one begins its own.
    await page.goto('/sign-in');
    await signIn(page, people.borealisViewer);
    await page.goto(dashboard(borealis));
    await expect(health(page)).toBeVisible();
    await expect(syncButton(page)).toBeDisabled();
    await expect(syncButton(page)).toHaveAccessibleDescription(reason);
    let asked = 0;
    page.on('request', (request) => (asked += Number(request.url().endsWith('/rpc/task/start_sync'))));
    await syncButton(page).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText(reason).filter({ visible: true })).toHaveCount(1);
    expect(asked).toBe(0);
  });
});

test.describe('without scripts', { tag: '@no-js' }, () => {
  test.use({ person: people.borealisAdmin });

  test('the counts, what is not live and the tasks can be read', async ({ page }) => {
    await page.goto(dashboard(borealis));
    await expect(health(page).getByRole('listitem').last()).toHaveText(/not live yet$/);
    await expect(syncCard(page).getByText(/live( yet)?\.$/).first()).toBeVisible();
    await expect(syncButton(page)).toBeDisabled();
    await expect(page.getByText('No tasks yet').or(count(page, /^\d+ tasks?$/)).first()).toBeVisible();
  });
});
