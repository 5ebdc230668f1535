// Keyboard shortcuts.
import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures/test.ts';
import { expectAccessible } from '../support/accessibility.ts';
import { alder, smsTab } from '../support/addresses.ts';
import { dialog, openAddDialog, openGroups } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { accountMenu } from '../support/sign-in.ts';
import { expectRows, openFilter, sortBy } from '../support/tables.ts';

test.use({ person: people.alderAdmin });

const USE = 'Use /, ? and Ctrl + K as shortcuts on this device';

function shortcuts(page: Page): Locator {
  return dialog(page, 'Keyboard shortcuts');
}

/** Opens the list with the mouse. */
async function openShortcuts(page: Page): Promise<Locator> {
  await accountMenu(page, people.alderAdmin).click();
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(shortcuts(page)).toBeVisible();
  return shortcuts(page);
}

test('/ goes to the search, where typing begins anew', async ({ page }) => {
  const groups = await openGroups(page, 'desk');
  await expectRows(groups, ['Front Desk', 'Front Desk Ballard']);
  await page.keyboard.press('/');
  const search = page.getByRole('searchbox', { name: 'Search groups' });
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('desk');
  await page.keyboard.type('vaccinations');
  await expectRows(groups, ['Vaccinations', 'Vaccinations Ballard']);
});

test('characters stay characters where one types', async ({ page }) => {
  const groups = await openGroups(page);
  const search = page.getByRole('searchbox', { name: 'Search groups' });
  await search.focus();
  await page.keyboard.type('24/7?');
  await expect(search).toHaveValue('24/7?');
  await expect(shortcuts(page)).toBeHidden();
  await search.fill('');

  const filter = await openFilter(groups, 'Group Name');
  const value = filter.getByLabel('Group Name value');
  await value.focus();
  await page.keyboard.type('24/7?');
  await expect(value).toHaveValue('24/7?');
  await expect(value).toBeFocused();
  await filter.getByRole('button', { name: 'Done' }).focus();
  await page.keyboard.press('/');
  await expect(filter.getByRole('button', { name: 'Done' })).toBeFocused();
  await expect(shortcuts(page)).toBeHidden();
});

test('an open dialog keeps the keyboard for itself', async ({ page }) => {
  await openGroups(page);
  const opened = await openAddDialog(page);
  await expect(opened.getByLabel('Group name')).toBeFocused();
  const cancel = opened.getByRole('button', { name: 'Cancel' });
  await cancel.focus();
  await page.keyboard.press('/');
  await page.keyboard.press('?');
  await expect(cancel).toBeFocused();
  await expect(shortcuts(page)).toBeHidden();
});

test('a key pressed together with Control is the browser’s', async ({ page }) => {
  const groups = await openGroups(page);
  await sortBy(groups, 'Owner').focus();
  await page.keyboard.press('Control+/');
  await expect(sortBy(groups, 'Owner')).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('? lists the shortcuts; the focus returns to where it was', async ({ page }) => {
      const groups = await openGroups(page);
      await sortBy(groups, 'Owner').focus();
      await page.keyboard.press('?');
      const listed = shortcuts(page);
      await expect(listed.getByRole('term')).toHaveText([
        'Go to the search of the table',
        'Find anything, on a Mac with ⌘',
        'Show this list',
        'On a heading: sort by this column as well',
        'Close a dialog, a menu or a filter',
      ]);
      await expect(listed.getByRole('definition')).toHaveText(['/', 'Ctrl + K', '?', 'Shift + Enter', 'Esc']);
      await expect(listed.getByRole('checkbox', { name: USE })).toBeFocused();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await expect(listed).toBeHidden();
      await expect(sortBy(groups, 'Owner')).toBeFocused();
    });
  });
}

test('the account menu lists them too, and has the focus afterwards', async ({ page }) => {
  await page.goto(smsTab(alder, 'general'));
  const listed = await openShortcuts(page);
  const signOut = page.getByRole('button', { name: 'Sign out', exact: true });
  await listed.getByRole('button', { name: 'Close' }).last().click();
  await expect(listed).toBeHidden();
  await expect(signOut).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(signOut).toBeVisible();
});

test('they can be turned off, and stay so on this device', async ({ page }) => {
  const groups = await openGroups(page);
  await sortBy(groups, 'Owner').focus();
  await page.keyboard.press('?');
  await shortcuts(page).getByRole('checkbox', { name: USE }).uncheck();
  await page.keyboard.press('Escape');
  await expect(shortcuts(page)).toBeHidden();

  for (const visit of ['the same', 'the next']) {
    await test.step(`${visit} visit`, async () => {
      await sortBy(groups, 'Owner').focus();
      await page.keyboard.press('?');
      await page.keyboard.press('/');
      await expect(sortBy(groups, 'Owner')).toBeFocused();
      await expect(shortcuts(page)).toBeHidden();
    });
    await page.reload();
  }

  const listed = await openShortcuts(page);
  await expect(listed.getByRole('checkbox', { name: USE })).not.toBeChecked();
  await listed.getByRole('checkbox', { name: USE }).check();
  await page.keyboard.press('Escape');
  await expect(listed).toBeHidden();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search groups' })).toBeFocused();
});
