// Parts of the browser's module that do not arrive when they are first needed: that is said, and can be tried again.
import type { Locator, Page } from '@playwright/test';

import type { Quiet } from '../fixtures/quiet.ts';
import { expect, test } from '../fixtures/test.ts';
import { expectAccessible } from '../support/accessibility.ts';
import { alder, dashboard } from '../support/addresses.ts';
import { dialog, openGroups } from '../support/groups.ts';
import { KEYS, findButton, finder } from '../support/palette.ts';
import { people } from '../support/people.ts';
import { expectRows, filterChips, openFilter, row } from '../support/tables.ts';

test.use({ person: people.alderAdmin });

const MODULES = '**/*.wasm';

/** The pages at which no part arrives that is not there yet. */
const withheld = new WeakSet<Page>();

// Before the page is opened: the browser lets the first requests pass by a route that is added afterwards.
test.beforeEach(async ({ page }) => {
  await page.route(MODULES, (route) => (withheld.has(page) ? route.abort() : route.continue()));
});

/** From now on no part arrives that is not there yet. */
function withoutParts(page: Page, quiet: Quiet): void {
  quiet.expectMessage(/Failed to load resource|Failed to fetch/);
  withheld.add(page);
}

function withParts(page: Page): void {
  withheld.delete(page);
}

/** What says that a part did not load. */
function notice(within: Page | Locator): Locator {
  return within.getByRole('alert').filter({ hasText: 'This did not load' });
}

async function tryAgain(within: Page | Locator): Promise<void> {
  await notice(within).getByRole('button', { name: 'Try again' }).click();
}

test('a filter says so in its place and works at the next try', async ({ page, quiet }) => {
  const groups = await openGroups(page);
  withoutParts(page, quiet);
  const filter = await openFilter(groups, 'Group Name');
  await expect(notice(filter)).toContainText('Make sure that you are connected, then try again. If that does not help, reload the page.');
  withParts(page);
  await tryAgain(filter);
  await filter.getByLabel('Group Name value').fill('front desk');
  await expect(notice(filter)).toBeHidden();
  await expect(filterChips(page)).toHaveText(['Group Name contains “front desk”']);
  await expectRows(groups, ['Front Desk', 'Front Desk Ballard']);
});

test('the dialog of a group comes with the next try', async ({ page, quiet }) => {
  await openGroups(page);
  withoutParts(page, quiet);
  await page.getByRole('button', { name: 'Add SMS Group' }).click();
  await expect(notice(page)).toBeInViewport();
  await expectAccessible(page);
  withParts(page);
  await tryAgain(page);
  await expect(dialog(page, 'Add SMS Group').getByLabel('Group name')).toBeFocused();
  await expect(notice(page)).toBeHidden();
});

test('the dialog of a group can be given up and asked for anew', async ({ page, quiet }) => {
  await openGroups(page);
  withoutParts(page, quiet);
  const add = page.getByRole('button', { name: 'Add SMS Group' });
  await add.click();
  await expect(page).toHaveURL(/dialog=add/);
  await notice(page).getByRole('button', { name: 'Close' }).click();
  await expect(notice(page)).toBeHidden();
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page).not.toHaveURL(/dialog/);
  withParts(page);
  await add.click();
  await expect(dialog(page, 'Add SMS Group').getByLabel('Group name')).toBeFocused();
});

test('the dialog of a group comes when it is asked for once more', async ({ page, quiet }) => {
  await openGroups(page);
  withoutParts(page, quiet);
  const add = page.getByRole('button', { name: 'Add SMS Group' });
  await add.click();
  await expect(notice(page)).toBeInViewport();
  withParts(page);
  await add.click();
  await expect(dialog(page, 'Add SMS Group').getByLabel('Group name')).toBeFocused();
  await expect(notice(page)).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(dialog(page, 'Add SMS Group')).toBeHidden();
  await expect(page).not.toHaveURL(/dialog/);
});

test('the dialog of a row comes when it is asked for once more', async ({ page, quiet }) => {
  const groups = await openGroups(page, 'Front Desk Ballard');
  withoutParts(page, quiet);
  const update = row(groups, 'Front Desk Ballard').getByRole('link', { name: 'Update Front Desk Ballard' });
  await update.click();
  await expect(notice(page)).toBeInViewport();
  withParts(page);
  await update.click();
  await expect(dialog(page, 'Update SMS Group').getByLabel('Group name')).toHaveValue('Front Desk Ballard');
  await expect(notice(page)).toBeHidden();
});

type Dialog = {
  name: string;
  ask: (page: Page) => Promise<void>;
  opened: (page: Page) => Locator;
};

const dialogs: Dialog[] = [
  { name: 'the palette, by its keys', ask: (page) => page.keyboard.press(KEYS), opened: finder },
  { name: 'the palette, by its button', ask: (page) => findButton(page).click(), opened: finder },
  {
    name: 'the list of shortcuts',
    ask: (page) => page.keyboard.press('?'),
    opened: (page) => dialog(page, 'Keyboard shortcuts'),
  },
];

for (const { name, ask, opened } of dialogs) {
  test.describe(name, () => {
    test.beforeEach(async ({ page, quiet }) => {
      await page.goto(dashboard(alder));
      withoutParts(page, quiet);
      await ask(page);
      await expect(notice(page)).toBeInViewport();
    });

    test('comes with the next try', async ({ page }) => {
      withParts(page);
      await tryAgain(page);
      await expect(opened(page)).toBeVisible();
      await expect(notice(page)).toBeHidden();
    });

    test('comes when it is asked for once more', async ({ page }) => {
      withParts(page);
      await ask(page);
      await expect(opened(page)).toBeVisible();
      await expect(notice(page)).toBeHidden();
      await page.keyboard.press('Escape');
      await expect(opened(page)).toBeHidden();
      await expect(notice(page)).toBeHidden();
    });

    test('Esc takes the notice away, until it is asked for once more', async ({ page }) => {
      await page.keyboard.press('Escape');
      await expect(notice(page)).toBeHidden();
      await ask(page);
      await expect(notice(page)).toBeVisible();
    });
  });
}
