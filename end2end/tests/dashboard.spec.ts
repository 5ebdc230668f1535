// The Dashboard: what needs attention, and the sync of a legacy enterprise. The table of tasks is in tasks.spec.ts.
import { expect, test } from '../fixtures/test.ts';
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts';
import { alder, atTab, borealis, configuration, dashboard, smsTab } from '../support/addresses.ts';
import { change, counted, health, sync, syncButton, syncCard } from '../support/dashboard.ts';
import { dialog, expectNotice } from '../support/groups.ts';
import { listens } from '../support/live.ts';
import { ONLY_TO_LOOK, people } from '../support/people.ts';
import { signIn } from '../support/sign-in.ts';
import { cell, count, expectRows, filterChips, table } from '../support/tables.ts';
import { tasksTable } from '../support/tasks.ts';

// A sync changes what others would count.
test.use({ database: 'changed' });

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
    const tasks = tasksTable(page);
    const first = tasks.getByRole('row').nth(1);
    await expect(first.getByRole('rowheader')).toHaveText('Sync SMS App');
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
    const latest = tasksTable(other).getByRole('row').nth(1);
    await expect(latest).toContainText(people.borealisAdmin.name);
    await expect(latest).toContainText('Done');
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

  test('is synced and read by keyboard', async ({ page }) => {
    await page.goto(dashboard(borealis));
    await syncButton(page).focus();
    await page.keyboard.press('Enter');
    await expect(syncCard(page).getByRole('status')).toContainText('The last sync is done.');
    const details = tasksTable(page).getByRole('link', { name: /^Details/ }).first();
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
        await tasksTable(page).getByRole('link', { name: 'Sync SMS App', exact: true }).first().click();
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
      await tasksTable(page).getByRole('link', { name: 'Sync SMS App', exact: true }).first().click();
      await expect(dialog(page, 'Sync SMS App')).toBeVisible();
      await expectNoSidewaysScroll(page);
    });
  }
});

test.describe('a viewer', () => {
  test('reads the Dashboard but cannot sync', async ({ page }) => {
    // Sessions of this person end in other tests, so this one begins its own.
    await page.goto('/sign-in');
    await signIn(page, people.borealisViewer);
    await page.goto(dashboard(borealis));
    await expect(health(page)).toBeVisible();
    await expect(syncButton(page)).toBeDisabled();
    await expect(syncButton(page)).toHaveAccessibleDescription(ONLY_TO_LOOK);
    let asked = 0;
    page.on('request', (request) => (asked += Number(request.url().endsWith('/rpc/task/start_sync'))));
    await syncButton(page).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText(ONLY_TO_LOOK).filter({ visible: true })).toHaveCount(1);
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
