// What the provider does about domains, and what becomes of it at the carrier: a stand-in whose clock tests move.
import { expect, test } from '../fixtures/test.ts';
import type { StandIn } from '../fixtures/stand-in.ts';
import { expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { alder } from '../support/addresses.ts';
import { addProfile, profileAction, setKey } from '../support/carriers.ts';
import {
  addDomain,
  detail,
  domainAction,
  domainState,
  openAddDomain,
  openDeleteDomain,
  openDomainDetails,
  openDomains,
  openRenewal,
  openRequest,
  uniqueDomain,
} from '../support/domains.ts';
import { dialog, expectNotice, save, uniqueName } from '../support/groups.ts';
import { listens } from '../support/live.ts';
import { people } from '../support/people.ts';
import { consolePages, requestsTable } from '../support/provider.ts';
import { HELD_BACK, KEY, REVOKED_KEY, SOON, atCarrier } from '../support/stand-in.ts';
import { cell, expectRow, row } from '../support/tables.ts';

test.use({ person: people.provider, database: 'changed', carriers: 'stand-in' });

/** A carrier of its own for what these tests add, so that nobody else has its turn there. */
const HOST = 'api.walk.example';
const DAY = 24 * 60;

/** How many days are left of a subscription at the carrier; none without one. */
async function daysLeft(standIn: StandIn, domain: string, id: string): Promise<number | null> {
  const found = (await standIn.subscriptionsOf(domain)).find((subscription) => subscription.id === id);
  return found ? Math.round((Date.parse(found.expires_at) - Date.now()) / (DAY * 60_000)) : null;
}

test('a domain is subscribed, renewed before its end and deleted, also at the carrier', async ({ page, standIn }) => {
  test.setTimeout(120_000);
  const carrier = atCarrier(standIn);
  const profile = uniqueName('Profile');
  const domain = uniqueDomain();

  await test.step('a profile is created and its connection tested', async () => {
    await addProfile(page, profile, { host: HOST, key: KEY });
    await profileAction(page, profile, 'Test connection').click();
    const opened = dialog(page, 'Test connection');
    await opened.getByRole('button', { name: 'Test connection' }).click();
    await expect(opened.getByText(/^Signed in as Reseller/)).toBeVisible();
  });

  const domains = await openDomains(page);
  await test.step('the domain is subscribed', async () => {
    await carrier.seed({ host: HOST, domain, post_url: 'https://other.example/hook?key=1', days_left: 900, id: 'f0e1d2' });
    await carrier.answerAfter(4_000);
    const opened = await openAddDomain(page);
    await opened.getByRole('textbox', { name: 'Domain' }).fill(domain.toUpperCase());
    await opened.getByLabel('Carrier Profile').selectOption({ label: `${profile} (NetSapiens)` });
    await save(opened);
    await expect(opened).toBeHidden();
    await expectNotice(page, `Domain ${domain} added. It is being subscribed at the carrier.`);
    const state = await cell(row(domains, domain), domains, 'State');
    await expect(state).toHaveText('Being subscribed');
    await carrier.answerAfter(0);
    await expect(state).toHaveText('Active', SOON);
  });

  const all = await carrier.subscriptionsOf(domain);
  const [ours] = all.filter((subscription) => subscription.post_url === `${carrier.inbound}/netsapiens`);
  expect(all, 'one of ours beside that of somebody else').toHaveLength(2);
  const id = ours?.id ?? '';
  await expectRow(domains, { Domain: domain, 'Carrier Profile': profile, 'Subscription ID': id });
  expect(await daysLeft(carrier, domain, id)).toBe(365);

  await test.step('its clock is moved, and the domain renewed', async () => {
    const opened = await openDomainDetails(page, domain);
    await expect(opened).toContainText('f0e1d2, to other.example');
    const renewed = opened.getByRole('time').nth(1);
    const before = (await renewed.getAttribute('datetime')) ?? '';
    await carrier.moveClock(10 * DAY);
    await carrier.expire(domain);
    await expect.poll(() => daysLeft(carrier, domain, id), SOON).toBe(365);
    await expect(renewed).not.toHaveAttribute('datetime', before, SOON);
    await expectAccessibleInBothThemes(page);
    await opened.getByRole('button', { name: 'Close' }).last().click();
    await expect(opened).toBeHidden();
  });

  await test.step('it is deleted, and gone at the carrier', async () => {
    const asked = await openDeleteDomain(page, domain);
    await asked.getByRole('button', { name: 'Delete domain' }).click();
    await expect(asked).toBeHidden();
    await expect(row(domains, domain)).toHaveCount(0, SOON);
    const left = await carrier.subscriptionsOf(domain);
    expect(left.map((subscription) => subscription.id)).toEqual(['f0e1d2']);
  });
});

test('Renew now gives a year to a subscription that is not about to end', async ({ page, standIn }) => {
  const carrier = atCarrier(standIn);
  const domain = 'clinic.alder.example';
  expect(await daysLeft(carrier, domain, '5a3c91d0')).toBe(212);
  const domains = await openDomains(page);
  const asked = await openRenewal(page, domain);
  await expectAccessibleInBothThemes(page);
  await carrier.answerAfter(HELD_BACK);
  await asked.getByRole('button', { name: 'Renew now' }).click();
  await expect(asked).toBeHidden();
  await expectNotice(page, `Domain ${domain} is being renewed.`);
  await expect(await domainState(page, domain)).toHaveText('Renewing');
  const again = domainAction(page, 'Renew now', domain);
  await expect(again).toBeDisabled();
  await expect(again).toHaveAccessibleDescription('This domain is being renewed.');
  await expect(domainAction(page, 'Delete', domain)).toBeEnabled();
  await carrier.answerAfter(0);
  await expect(await cell(row(domains, domain), domains, 'Expiry Date')).toContainText('in 365 days', SOON);
  await expectRow(domains, { Domain: domain, 'Subscription ID': '5a3c91d0', State: 'Active' });
  expect(await daysLeft(carrier, domain, '5a3c91d0')).toBe(365);
});

test('what the carrier refuses is tried again, and the details say when', async ({ page }) => {
  test.setTimeout(120_000);
  const profile = uniqueName('Profile');
  const domain = uniqueDomain();
  await addProfile(page, profile, { host: 'api.refusing.example', key: REVOKED_KEY });
  await openDomains(page);
  const begun = Date.now();
  await addDomain(page, domain, profile);
  const state = await domainState(page, domain);
  await expect(state).toContainText('Renewal failed: The carrier refused the credentials.', SOON);
  await expect(state).toContainText('Not subscribed');
  let details = await openDomainDetails(page, domain);
  const next = (await detail(details, 'Next attempt')).getByRole('time');
  await expect(next).toHaveText(/^\d{1,2} \w{3} \d{4}, \d\d:\d\d$/);
  // At first after half a minute, then after ever longer, but never after more than two minutes.
  const at = Date.parse((await next.getAttribute('datetime')) ?? '');
  expect(at).toBeGreaterThan(begun + 20_000);
  expect(at).toBeLessThan(Date.now() + 130_000);
  await expectAccessibleInBothThemes(page);

  await setKey(page, profile, KEY);
  await openDomains(page);
  await expect(state).toHaveText('Active', SOON);
  details = await openDomainDetails(page, domain);
  await expect(await detail(details, 'Expiry Date')).toContainText('in 365 days');
  await expect(await detail(details, 'Next attempt')).toContainText('in 335 days');
});

test('an open question says that somebody else has changed the domain, and takes its own answer for no news', async ({ page, getPageAsUser }) => {
  const domain = 'clinic.alder.example';
  const listening = listens(page, alder);
  await openDomains(page);
  await listening;
  const deletion = await openDeleteDomain(page, domain);
  const other = await getPageAsUser(people.provider);
  const domains = await openDomains(other);
  const theirs = await openRenewal(other, domain);
  await theirs.getByRole('button', { name: 'Renew now' }).click();
  await expect(theirs).toBeHidden();
  await expectNotice(other, `Domain ${domain} is being renewed.`);
  await expect(deletion.getByText('Somebody else has just changed this domain.')).toBeVisible(SOON);
  await expectAccessibleInBothThemes(page);
  await deletion.getByRole('button', { name: 'Cancel' }).click();
  await expect(deletion).toBeHidden();
  // The renewal has to be over, or there is nothing to renew now.
  await expect(await cell(row(domains, domain), domains, 'State')).toHaveText('Active', SOON);

  const renewal = await openRenewal(page, domain);
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/rpc/domain_subscription/renew', async (route) => {
    const answer = await route.fetch();
    await released;
    await route.fulfill({ response: answer });
  });
  // The page hears of the renewal before it has the answer.
  const heard = page.waitForResponse((answer) => answer.url().includes('/rpc/domain_subscription/get'));
  await renewal.getByRole('button', { name: 'Renew now' }).click();
  await heard;
  await expect(renewal.getByText('Somebody else')).toBeHidden();
  release();
  await expect(renewal).toBeHidden();
});

test('what cannot be subscribed is told beside its field', async ({ page, quiet }) => {
  quiet.expectAnswer(422);
  quiet.expectAnswer(409);
  await openDomains(page);
  const opened = await openAddDomain(page);
  await expectAccessibleInBothThemes(page);
  await save(opened);
  await expect(opened.getByLabel('Carrier Profile')).toHaveAccessibleDescription(/^Choose the carrier profile/);
  const domain = opened.getByRole('textbox', { name: 'Domain' });
  await expect(domain).toHaveAccessibleDescription(/^This is not a domain name/);
  await domain.fill('Records.Alder.Example');
  await opened.getByLabel('Carrier Profile').selectOption({ label: 'Main NetSapiens (NetSapiens)' });
  await save(opened);
  await expect(domain).toHaveAccessibleDescription(/^This enterprise has this domain already/);
});

test('a request is filed by the enterprise and answered by its provider', async ({ page, getPageAsUser }) => {
  // Its carrier refuses the credentials, so nothing renews it meanwhile.
  const domain = 'west.alder.example';
  const admin = await getPageAsUser(people.alderAdmin);
  await openDomains(admin);
  await expect(admin.getByRole('button', { name: 'Add Domain' })).toHaveCount(0);
  await expect(domainAction(admin, 'Renew now', domain)).toHaveCount(0);
  const asked = await openRequest(admin, domain);
  await asked.getByRole('button', { name: 'Send request' }).click();
  await expectNotice(admin, `Re-subscription of ${domain} requested.`);

  await page.goto(consolePages.requests);
  const open = requestsTable(page).getByRole('row').filter({ hasText: domain }).filter({ hasText: 'Open' });
  await open.getByRole('link', { name: `Answer request for ${domain}` }).click();
  const opened = dialog(page, 'Answer request');
  await opened.getByLabel('Answer').selectOption('Declined');
  await opened.getByLabel('What you say about it').fill('The carrier has revoked the key');
  await opened.getByRole('button', { name: 'Send answer' }).click();
  await expectNotice(page, `Request for ${domain} answered.`);
  await expect(open).toHaveCount(0);
  await expect(await domainState(admin, domain)).toContainText('Request declined: The carrier has revoked the key', SOON);
});
