// Carrier profiles as people speak of them.
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { alder, smsTab } from './addresses.ts';
import { dialog, expectNotice, save } from './groups.ts';

type NewProfile = { host?: string; key?: string };

/** Adds a profile on NetSapiens to Alder, on the Carriers tab. */
export async function addProfile(page: Page, name: string, profile: NewProfile = {}): Promise<void> {
  await page.goto(smsTab(alder, 'carriers'));
  await page.getByRole('button', { name: 'Add Carrier Profile' }).click();
  const opened = dialog(page, 'Add Carrier Profile');
  await opened.getByLabel('Profile name').fill(name);
  await opened.getByLabel('Host').fill(profile.host ?? 'api.carrier.example');
  if (profile.key) {
    await opened.getByLabel('API key').fill(profile.key);
  }
  await save(opened);
  await expect(opened).toBeHidden();
  await expectNotice(page, `Carrier profile ${name} added.`);
}
