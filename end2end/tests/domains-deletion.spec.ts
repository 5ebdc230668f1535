// Deleting a domain, as an admin of the enterprise does it: the carrier, which a stand-in plays, removes it first.
import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { alder, auditLog } from '../support/addresses.ts';
import { addProfile, setKey } from '../support/carriers.ts';
import {
  addDomain,
  detail,
  domainAction,
  domainState,
  domainsTable,
  openDeleteDomain,
  openDomainDetails,
  openDomains,
  uniqueDomain,
} from '../support/domains.ts';
import { expectNotice, uniqueName } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { HELD_BACK, KEY, REVOKED_KEY, SOON, atCarrier } from '../support/stand-in.ts';
import { cell, expectNoRow, expectRow, row, table } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed', carriers: 'stand-in' });

/** Deletes a domain of the open Domains tab, as far as the portal says that it has begun. */
async function beginToDelete(page: Page, domain: string): Promise<void> {
  const asked = await openDeleteDomain(page, domain);
  await asked.getByRole('button', { name: 'Delete domain' }).click();
  await expect(asked).toBeHidden();
  await expectNotice(page, `Domain ${domain} is being deleted.`);
}

/** Opens the audit log; says how to find what `who` did to the domain there, the latest first. */
async function openLog(page: Page, domain: string): Promise<{ log: Locator; by: (who: string) => Locator }> {
  await page.goto(auditLog(alder, { search: domain }));
  const log = table(page, 'Audit log');
  const entries = log.getByRole('row').filter({ hasText: 'Domain subscription' });
  return { log, by: (who) => entries.filter({ hasText: who }) };
}

test('a domain goes when the carrier has confirmed, and can be subscribed again', async ({ page, standIn, getPageAsUser }) => {
  test.setTimeout(120_000);
  const carrier = atCarrier(standIn);
  const domain = 'urgent-care.alder.example';
  const provider = await getPageAsUser(people.provider);
  const kept = await openDomains(provider);
  const domains = await openDomains(page);
  // The carrier has none at first, and the portal subscribes it anew.
  await expect(await domainState(page, domain)).toHaveText('Active', SOON);
  expect(await carrier.subscriptionsOf(domain)).toHaveLength(1);

  await test.step('the question says what it stops', async () => {
    const asked = await openDeleteDomain(page, domain);
    await expect(asked).toContainText(
      'The subscription is removed at the carrier first. The domain leaves this table when the carrier has confirmed.',
    );
    await expect(asked).toContainText(/These \d+ numbers stop receiving messages:/);
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await expect(asked).toBeHidden();
  });

  await test.step('until the carrier answers everybody sees that it is under way', async () => {
    await carrier.answerAfter(HELD_BACK);
    await beginToDelete(page, domain);
    for (const shown of [page, provider]) {
      await expect(await domainState(shown, domain)).toHaveText('Being deleted');
    }
    for (const action of [
      domainAction(page, 'Delete', domain),
      domainAction(provider, 'Delete', domain),
      domainAction(provider, 'Renew now', domain),
    ]) {
      await expect(action).toBeDisabled();
      await expect(action).toHaveAccessibleDescription('This domain is being deleted.');
    }
    expect(await carrier.subscriptionsOf(domain), 'the carrier has not removed it').toHaveLength(1);
    await expectAccessibleInBothThemes(page);
    await carrier.answerAfter(0);
  });

  await test.step('then it is gone, for everybody and at the carrier', async () => {
    await expect(row(domains, domain)).toHaveCount(0, SOON);
    await expect(row(kept, domain)).toHaveCount(0, SOON);
    expect(await carrier.subscriptionsOf(domain)).toEqual([]);
    await page.reload();
    await expectRow(domains, { Domain: 'clinic.alder.example' });
    await expectNoRow(domains, domain);
  });

  await test.step('the provider subscribes it again', async () => {
    await addDomain(provider, domain, 'Main NetSapiens');
    await expect(await domainState(provider, domain)).toHaveText('Active', SOON);
    await expect(await domainState(page, domain)).toHaveText('Active', SOON);
    expect(await carrier.subscriptionsOf(domain)).toHaveLength(1);
  });

  await test.step('the audit log says who asked for it, and that it was done', async () => {
    const { log, by } = await openLog(page, domain);
    const asked = by(people.alderAdmin.email).first();
    await expect(await cell(asked, log, 'Action')).toHaveText('Changed');
    await expect(asked).toContainText('Renewal: Nothing under way → Being deleted');
    const done = by('deletion of domains').first();
    await expect(await cell(done, log, 'Action')).toHaveText('Deleted');
    await expect(await cell(done, log, 'From')).toHaveText('The server itself');
  });
});

test('what the carrier refuses is told, and is deleted once it takes it', async ({ page, standIn, getPageAsUser }) => {
  test.setTimeout(120_000);
  const carrier = atCarrier(standIn);
  const profile = uniqueName('Profile');
  const domain = uniqueDomain();
  const refused = 'Deletion failed: The carrier refused the credentials.';
  const provider = await getPageAsUser(people.provider);
  await addProfile(provider, profile, { host: 'api.leaving.example', key: KEY });
  await openDomains(provider);
  await addDomain(provider, domain, profile);
  await expect(await domainState(provider, domain)).toHaveText('Active', SOON);
  await setKey(provider, profile, REVOKED_KEY);

  await openDomains(page);
  await beginToDelete(page, domain);
  const state = await domainState(page, domain);
  await test.step('the row and the details say why', async () => {
    await expect(state).toContainText(refused, SOON);
    await expect(state).toContainText('Active');
    expect(await carrier.subscriptionsOf(domain)).toHaveLength(1);
    await expectAccessibleInBothThemes(page);
    const details = await openDomainDetails(page, domain);
    await expect(await detail(details, 'State')).toContainText(refused);
    await expect(await detail(details, 'Next attempt'), 'nobody renews it').toHaveText('Not scheduled');
    await expectAccessibleInBothThemes(page);
    await page.keyboard.press('Escape');
    await expect(details).toBeHidden();
  });

  await test.step('it can be deleted again, but not renewed', async () => {
    await openDomains(provider);
    const renew = domainAction(provider, 'Renew now', domain);
    await expect(renew).toBeDisabled();
    await expect(renew).toHaveAccessibleDescription(
      'The deletion of this domain has begun. Delete it first, then add it again.',
    );
    await setKey(provider, profile, KEY);
    await openDomains(page);
    await expect(state).toContainText(refused);
    await beginToDelete(page, domain);
    await expect(row(domainsTable(page), domain)).toHaveCount(0, SOON);
    expect(await carrier.subscriptionsOf(domain)).toEqual([]);
  });

  await test.step('the audit log has both tries', async () => {
    const { by } = await openLog(page, domain);
    await expect(by(people.alderAdmin.email)).toHaveCount(2);
    await expect(by(people.alderAdmin.email).first()).toContainText('Renewal: Deletion failed → Being deleted');
    const worker = by('deletion of domains');
    await expect(worker).toHaveCount(2);
    await expect(worker.last()).toContainText('Failure: The carrier refused the credentials.');
    await expect(worker.last()).toContainText('Renewal: Being deleted → Deletion failed');
  });
});
