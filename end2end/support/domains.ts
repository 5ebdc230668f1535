// Domains as people speak of them.
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { alder, smsTab } from './addresses.ts';
import { dialog, expectNotice, question, save, uniqueName } from './groups.ts';
import { cell, row, table } from './tables.ts';

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

/** What a domain's row says of its state. */
export function domainState(page: Page, domain: string): Promise<Locator> {
  const domains = domainsTable(page);
  return cell(row(domains, domain), domains, 'State');
}

/** A domain no other test uses. */
export function uniqueDomain(): string {
  return `${uniqueName('voice').replace(' ', '-')}.example`;
}

export async function openDomainDetails(page: Page, domain: string): Promise<Locator> {
  await row(domainsTable(page), domain).getByRole('link', { name: domain, exact: true }).click();
  const opened = dialog(page, domain);
  await expect(opened.getByText('Last renewal')).toBeVisible();
  return opened;
}

/** What the open details say under a heading. */
export async function detail(details: Locator, heading: string): Promise<Locator> {
  const headings = await details.getByRole('term').allTextContents();
  const index = headings.indexOf(heading);
  if (index < 0) {
    throw new Error(`the details say nothing under ${heading}`);
  }
  return details.getByRole('definition').nth(index);
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

/** Adds a domain of NetSapiens through its dialog on the open Domains tab. */
export async function addDomain(page: Page, domain: string, profile: string): Promise<void> {
  const opened = await openAddDomain(page);
  await opened.getByRole('textbox', { name: 'Domain' }).fill(domain);
  await opened.getByLabel('Carrier Profile').selectOption({ label: `${profile} (NetSapiens)` });
  await save(opened);
  await expect(opened).toBeHidden();
  await expectNotice(page, `Domain ${domain} added. It is being subscribed at the carrier.`);
}

export async function openRenewal(page: Page, domain: string): Promise<Locator> {
  await domainAction(page, 'Renew now', domain).click();
  const asked = question(page, `Renew ${domain} now?`);
  await expect(asked.getByText(/^The carrier is asked at once/)).toBeVisible();
  return asked;
}
