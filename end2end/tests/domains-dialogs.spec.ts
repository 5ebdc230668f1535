// What is done to a domain: looking at it closely, asking the provider to subscribe it again, deleting it.
import { expect, test } from '../fixtures/test.ts';
import { alder, atTab } from '../support/addresses.ts';
import {
  domainAction,
  domainsTable,
  openDeleteDomain,
  openDomainDetails,
  openDomains,
  openRequest,
} from '../support/domains.ts';
import { dialog, expectNotice, question } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { cell, expectRow, row } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

test.describe('details', () => {
  test('tell of the last renewal and the next attempt', async ({ page }) => {
    await openDomains(page);
    const opened = await openDomainDetails(page, 'west.alder.example');
    await expect(opened).toContainText('Expired');
    await expect(opened).toContainText('Renewal failed: The carrier refused the credentials (401).');
    await expect(opened).toContainText('376 days ago');
    await expect(opened).toContainText('Next attempt');
    await expect(opened).toContainText('Not scheduled');
    await expect(opened).toContainText('SkySwitch West');
  });

  test('have an address, and Back closes them', async ({ page }) => {
    await openDomains(page);
    const opened = await openDomainDetails(page, 'clinic.alder.example');
    const address = page.url();
    await page.goBack();
    await expect(opened).toBeHidden();
    await expect(page).toHaveURL(atTab(alder, 'domains'));
    await page.goto(address);
    await expect(dialog(page, 'clinic.alder.example')).toBeVisible();
  });

  test('are reached and left by keyboard', async ({ page }) => {
    const domains = await openDomains(page);
    const link = row(domains, 'clinic.alder.example').getByRole('link', { name: 'clinic.alder.example', exact: true });
    await link.focus();
    await page.keyboard.press('Enter');
    const opened = dialog(page, 'clinic.alder.example');
    await expect(opened.getByText('Last renewal')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(opened).toBeHidden();
    await expect(link).toBeFocused();
  });
});

test.describe('deleting', () => {
  test('names the numbers that stop receiving, and whom they serve', async ({ page }) => {
    await openDomains(page);
    const asked = await openDeleteDomain(page, 'clinic.alder.example');
    await expect(asked).toContainText('The subscription is removed at the carrier first.');
    await expect(asked).toContainText(/These \d+ numbers stop receiving messages:/);
    const [, count] = /These (\d+) numbers/.exec((await asked.textContent()) ?? '') ?? [];
    expect(Number(count)).toBeGreaterThan(10);
    const list = asked.getByRole('region', { name: 'Numbers that can do SMS on this domain' });
    const numbers = list.getByRole('listitem');
    await expect(numbers).toHaveCount(Number(count));
    await expect(numbers.filter({ hasText: /^\+1\s206\s555\s\d{4}, / })).toHaveCount(Number(count));
    await expect(numbers.filter({ hasText: /, group Front Desk$/ })).toHaveCount(1);
  });

  test('has all the numbers within reach of the keyboard', async ({ page }) => {
    await openDomains(page);
    const asked = await openDeleteDomain(page, 'clinic.alder.example');
    const list = asked.getByRole('region', { name: 'Numbers that can do SMS on this domain' });
    const last = list.getByRole('listitem').last();
    await expect(last).not.toBeInViewport();
    await expect(asked.getByRole('button', { name: 'Cancel' })).toBeInViewport();
    await list.focus();
    await page.keyboard.press('End');
    await expect(last).toBeInViewport();
    await expect(asked.getByRole('button', { name: 'Cancel' })).toBeInViewport();
  });

  test('says of an expired domain that its numbers receive nothing already', async ({ page }) => {
    await openDomains(page);
    const asked = await openDeleteDomain(page, 'west.alder.example');
    await expect(asked).toContainText(/These \d+ numbers receive no messages now/);
  });

  test('changes nothing while the profile has no credentials, and says so', async ({ page, quiet }) => {
    quiet.expectAnswer(501);
    await openDomains(page);
    const asked = await openDeleteDomain(page, 'clinic.alder.example');
    await asked.getByRole('button', { name: 'Delete domain' }).click();
    await expect(asked.getByText(/^The carrier profile has no credentials, so .* Nothing was changed\./)).toBeVisible();
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await expect(asked).toBeHidden();
    await page.reload();
    await expectRow(domainsTable(page), { Domain: 'clinic.alder.example', State: 'Active' });
  });

  test('is left by keyboard without doing anything', async ({ page }) => {
    await openDomains(page);
    const link = domainAction(page, 'Delete', 'urgent-care.alder.example');
    await link.focus();
    await page.keyboard.press('Enter');
    const asked = question(page, 'Delete domain urgent-care.alder.example?');
    await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(asked).toBeHidden();
    await expect(link).toBeFocused();
  });
});

test.describe('a request for re-subscription', () => {
  test('can be sent for domains that have expired, and for no others', async ({ page }) => {
    await openDomains(page);
    for (const domain of ['records.alder.example', 'west.alder.example']) {
      await expect(domainAction(page, 'Request re-subscription', domain)).toBeVisible();
    }
    for (const domain of ['clinic.alder.example', 'urgent-care.alder.example']) {
      await expect(domainAction(page, 'Delete', domain)).toBeVisible();
      await expect(domainAction(page, 'Request re-subscription', domain)).toHaveCount(0);
    }
  });

  test('shows in the row, also to others, and cannot be sent twice', async ({ page, getPageAsUser }) => {
    const other = await getPageAsUser(people.alderViewer);
    const seen = await openDomains(other);
    const domains = await openDomains(page);
    const asked = await openRequest(page, 'records.alder.example');
    await expect(asked).toContainText('This asks Northwind Voice to subscribe the domain again.');
    await asked.getByRole('button', { name: 'Send request' }).click();
    await expect(asked).toBeHidden();
    await expectNotice(page, 'Re-subscription of records.alder.example requested.');

    for (const table of [domains, seen]) {
      const state = await cell(row(table, 'records.alder.example'), table, 'State');
      await expect(state).toContainText('Expired');
      await expect(state).toContainText('Re-subscription requested (just now)');
    }
    const again = domainAction(page, 'Request re-subscription', 'records.alder.example');
    await expect(again).toBeDisabled();
    await expect(again).toHaveAccessibleDescription('A request is open. Your provider has not answered it yet.');
    const details = await openDomainDetails(page, 'records.alder.example');
    await expect(details).toContainText('Sent by Amara Okafor');
  });

  test('is sent by keyboard', async ({ page }) => {
    const domains = await openDomains(page);
    await domainAction(page, 'Request re-subscription', 'west.alder.example').focus();
    await page.keyboard.press('Enter');
    const asked = question(page, 'Request re-subscription of west.alder.example?');
    await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(asked.getByRole('button', { name: 'Send request' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(asked).toBeHidden();
    const state = await cell(row(domains, 'west.alder.example'), domains, 'State');
    await expect(state).toContainText('Re-subscription requested');
  });
});
