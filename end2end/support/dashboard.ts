// The Dashboard as people speak of it.
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { borealis, smsTab } from './addresses.ts';
import { addGroup, expectNotice, uniqueName } from './groups.ts';

/** The counts above everything else. */
export function health(page: Page): Locator {
  return page.getByRole('list', { name: 'What needs attention' });
}

/** The link of a count. */
export function counted(page: Page, what: string | RegExp): Locator {
  return health(page).getByRole('link', { name: what });
}

/** What is not live at a legacy enterprise, and what makes it so. */
export function syncCard(page: Page): Locator {
  return page.getByRole('region', { name: 'Changes for the SMS app' });
}

export function syncButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Sync SMS App' });
}

/** Adds a group at Borealis, which is a change that waits for a sync. */
export async function change(page: Page): Promise<void> {
  const name = uniqueName('Waits for a sync');
  await page.goto(smsTab(borealis, 'groups', { search: name }));
  await addGroup(page, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
}

/** Presses Sync and waits until everything is live. */
export async function sync(page: Page): Promise<void> {
  await syncButton(page).click();
  await expectNotice(page, 'The sync has started.');
  await expect(syncCard(page).getByRole('status')).toContainText('The last sync is done.');
  await expect(syncCard(page)).toContainText('Every change is live.');
}
