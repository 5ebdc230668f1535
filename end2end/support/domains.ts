// Domains as people speak of them.
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { alder, smsTab } from './addresses.ts';
import { dialog, question } from './groups.ts';
import { row, table } from './tables.ts';

/** Opens Alder's domains. */
export async function openDomains(page: Page): Promise<Locator> {
  await page.goto(smsTab(alder, 'domains'));
  return domainsTable(page);
}

export function domainsTable(page: Page): Locator {
  return table(page, 'Domain subscriptions');
}

/** A button of a domain's row. */
export function domainAction(
  page: Page,
  action: 'Delete' | 'Renew now' | 'Request re-subscription',
  domain: string,
): Locator {
  return row(domainsTable(page), domain).getByRole('link', { name: `${action} ${domain}` });
}

export async function openDomainDetails(page: Page, domain: string): Promise<Locator> {
  await row(domainsTable(page), domain).getByRole('link', { name: domain, exact: true }).click();
  const opened = dialog(page, domain);
  await expect(opened.getByText('Last renewal')).toBeVisible();
  return opened;
}

export async function openDeleteDomain(page: Page, domain: string): Promise<Locator> {
  await domainAction(page, 'Delete', domain).click();
  const asked = question(page, `Delete domain ${domain}?`);
  await expect(asked.getByRole('listitem').first()).toBeVisible();
  return asked;
}

export async function openRequest(page: Page, domain: string): Promise<Locator> {
  await domainAction(page, 'Request re-subscription', domain).click();
  const asked = question(page, `Request re-subscription of ${domain}?`);
  await expect(asked).toBeVisible();
  return asked;
}

export async function openAddDomain(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Add Domain' }).first().click();
  const opened = dialog(page, 'Add Domain');
  await expect(opened.getByRole('textbox', { name: 'Domain' })).toBeVisible();
  return opened;
}

export async function openRenewal(page: Page, domain: string): Promise<Locator> {
  await domainAction(page, 'Renew now', domain).click();
  const asked = question(page, `Renew ${domain} now?`);
  await expect(asked.getByText(/^The carrier is asked at once/)).toBeVisible();
  return asked;
}
