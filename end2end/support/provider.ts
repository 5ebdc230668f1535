// The provider's console as people speak of it.
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { dialog, question, save } from './groups.ts';
import { row, table } from './tables.ts';

export const consolePages = {
  enterprises: '/provider',
  requests: '/provider/requests',
  alerts: '/provider/alerts',
  contact: '/provider/contact',
} as const;

/** Who can sign in to an enterprise. */
export function accountsOf(enterprise: string): string {
  return `/provider/enterprises/${enterprise}`;
}

export function enterprisesTable(page: Page): Locator {
  return table(page, 'Enterprises');
}

export function accountsTable(page: Page): Locator {
  return table(page, 'Accounts');
}

export function requestsTable(page: Page): Locator {
  return table(page, 'Re-subscription requests');
}

/** Opens the settings of an enterprise from its row. */
export async function openSettings(page: Page, name: string): Promise<Locator> {
  await row(enterprisesTable(page), name).getByRole('link', { name: `Update ${name}` }).click();
  const opened = dialog(page, 'Update Enterprise');
  await expect(opened.getByRole('textbox', { name: 'Name' })).toHaveValue(name);
  return opened;
}

/** Suspends or resumes an enterprise; says what the question said. */
export async function confirmSuspension(page: Page, deed: 'Suspend' | 'Resume', name: string): Promise<string> {
  await row(enterprisesTable(page), name).getByRole('link', { name: `${deed} ${name}` }).click();
  const asked = question(page, `${deed} ${name}?`);
  const consequences = (await asked.getByText(/^Its people can/).textContent()) ?? '';
  await asked.getByRole('button', { name: deed }).click();
  await expect(asked).toBeHidden();
  return consequences;
}

/** Adds an enterprise through its dialog; the address is the one that is proposed. Says that address. */
export async function addEnterprise(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Add Enterprise' }).first().click();
  const opened = dialog(page, 'Add Enterprise');
  await opened.getByRole('textbox', { name: 'Name' }).fill(name);
  const address = await opened.getByRole('textbox', { name: 'Address' }).inputValue();
  await save(opened);
  await expect(opened).toBeHidden();
  return address;
}

/** The link that is told now; its dialog is closed afterwards. */
export async function takeLink(page: Page): Promise<string> {
  const told = dialog(page, 'One-time link');
  const link = (await told.getByRole('code').textContent()) ?? '';
  await told.getByRole('button', { name: 'Close' }).last().click();
  await expect(told).toBeHidden();
  return link;
}

/** Invites somebody on the open page of accounts; says the link. */
export async function invite(page: Page, email: string, role: 'Admin' | 'Viewer'): Promise<string> {
  await page.getByRole('button', { name: 'Invite' }).first().click();
  const opened = dialog(page, /^Invite to /);
  await opened.getByRole('textbox', { name: 'E-mail address' }).fill(email);
  await opened.getByLabel('Role').selectOption({ value: role === 'Admin' ? 'enterprise_admin' : 'enterprise_viewer' });
  await opened.getByRole('button', { name: 'Make link' }).click();
  return takeLink(page);
}
