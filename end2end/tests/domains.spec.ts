// The Domains tab.
import { expect, test } from '../fixtures/test.ts';
import { alder, smsTab } from '../support/addresses.ts';
import { people } from '../support/people.ts';
import { count, expectRow, expectRows, filterChips, openFilter, search, sortBy, table } from '../support/tables.ts';

test.use({ person: people.alderAdmin });

const MOMENT = /^\d{1,2} \w{3} \d{4}, \d\d:\d\d$/;

test.describe('reading', { tag: '@reading' }, () => {
  test('shows each subscription and its state in words', async ({ page }) => {
    await page.goto(smsTab(alder, 'domains'));
    const domains = table(page, 'Domain subscriptions');
    await expect(count(page, '4 domains')).toBeVisible();
    await expectRow(domains, {
      Domain: 'clinic.alder.example',
      'Carrier Profile': 'Main NetSapiens',
      'Subscription ID': '5a3c91d0',
      'Subscription Date': MOMENT,
      'Expiry Date': MOMENT,
      State: 'Active',
      Numbers: '40',
    });
    await expectRow(domains, { Domain: 'urgent-care.alder.example', State: 'Expiring soon' });
    await expectRow(domains, { Domain: 'records.alder.example', State: 'Expired' });
    await expectRow(domains, {
      Domain: 'west.alder.example',
      State: /^Expired\s*Renewal failed: The carrier refused the credentials \(401\)\.$/,
    });
  });

  test('is searched and sorted', async ({ page }) => {
    await page.goto(smsTab(alder, 'domains'));
    const domains = table(page, 'Domain subscriptions');
    await sortBy(domains, 'Expiry Date').click();
    await expectRows(domains, [
      'west.alder.example',
      'records.alder.example',
      'urgent-care.alder.example',
      'clinic.alder.example',
    ]);
    await search(page, '5a3c91');
    await expectRows(domains, ['clinic.alder.example']);
  });
});

test('is filtered by state and by date', async ({ page }) => {
  await page.goto(smsTab(alder, 'domains'));
  const domains = table(page, 'Domain subscriptions');
  const state = await openFilter(domains, 'State');
  await state.getByRole('checkbox', { name: 'Expired' }).check();
  await expectRows(domains, ['records.alder.example', 'west.alder.example']);
  await state.getByRole('checkbox', { name: 'Expiring soon' }).check();
  await expectRows(domains, ['records.alder.example', 'urgent-care.alder.example', 'west.alder.example']);
  await page.keyboard.press('Escape');
  await expect(filterChips(page)).toHaveText([/^State is .*Expired/]);
  const expiry = await openFilter(domains, 'Expiry Date');
  await expiry.getByLabel('Condition').selectOption('is in the next days');
  await expiry.getByLabel('Expiry Date value').fill('7');
  await expectRows(domains, ['urgent-care.alder.example']);
});

test('shows moments in the zone of the reader', async ({ getPageAsUser }) => {
  const here = await getPageAsUser(people.alderAdmin, { timezoneId: 'UTC' });
  const there = await getPageAsUser(people.alderAdmin, { timezoneId: 'Asia/Tokyo' });
  for (const page of [here, there]) {
    await page.goto(smsTab(alder, 'domains'));
  }
  const time = (page: typeof here) => page.getByRole('row', { name: /clinic\.alder/ }).getByRole('time').first();
  await expect(time(here)).toHaveAttribute('title', 'UTC+00:00');
  await expect(time(there)).toHaveAttribute('title', 'UTC+09:00');
  const moment = await time(here).getAttribute('datetime');
  expect(await time(there).getAttribute('datetime')).toBe(moment);
  expect(await time(there).textContent()).not.toBe(await time(here).textContent());
});
