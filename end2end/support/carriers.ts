// Carrier profiles as people speak of them.
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { alder, smsTab } from './addresses.ts';
import { dialog, expectNotice, save } from './groups.ts';
import { search, table } from './tables.ts';

export function profilesTable(page: Page): Locator {
  return table(page, 'Carrier profiles');
}

/** A button of the row with that profile. */
export function profileAction(page: Page, name: string, what: 'Update' | 'Test connection' | 'Delete'): Locator {
  return profilesTable(page).getByRole('link', { name: `${what} ${name}` });
}

export async function openAddProfile(page: Page): Promise<Locator> {
  await page.goto(smsTab(alder, 'carriers'));
  await page.getByRole('button', { name: 'Add Carrier Profile' }).click();
  return dialog(page, 'Add Carrier Profile');
}

/** Adds a profile of NetSapiens to Alder and shows only it. */
export async function addProfile(page: Page, name: string, { host = 'api.carrier.example', key = '' } = {}): Promise<void> {
  const opened = await openAddProfile(page);
  await opened.getByLabel('Profile name').fill(name);
  await opened.getByLabel('Host').fill(host);
  await opened.getByLabel('API key').fill(key);
  await save(opened);
  await expect(opened).toBeHidden();
  await expectNotice(page, `Carrier profile ${name} added.`);
  await search(page, name);
}

/** Sets another API key of one of Alder's profiles. */
export async function setKey(page: Page, name: string, key: string): Promise<void> {
  await page.goto(smsTab(alder, 'carriers', { search: name }));
  await profileAction(page, name, 'Update').click();
  const opened = dialog(page, 'Update Carrier Profile');
  await opened.getByLabel('API key').fill(key);
  await save(opened);
  await expect(opened).toBeHidden();
  await expectNotice(page, `Carrier profile ${name} saved.`);
}
