// What is live for the connector app and what is not, as people speak of it.
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { table } from './tables.ts';

/** What stands above the groups while changes are not live. */
export function banner(page: Page): Locator {
  return page.getByRole('status').filter({ hasText: 'not live yet' });
}

/** The changes that are not live yet, one by one. */
export function ledger(page: Page): Locator {
  return page.getByRole('list', { name: 'Changes that are not live yet' }).getByRole('listitem');
}

/** The table of what is live. */
export function liveNumbers(page: Page): Locator {
  return table(page, 'Numbers that are live');
}

/** How many changes the banner counts. */
export async function counted(page: Page): Promise<number> {
  await expect(banner(page)).toBeVisible();
  return Number(/^\D*(\d+) change/.exec((await banner(page).textContent()) ?? '')?.[1]);
}
