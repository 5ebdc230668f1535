// The Domains tab.
import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures/test.ts';
import { expectNoSidewaysScroll } from '../support/accessibility.ts';
import { alder, smsTab } from '../support/addresses.ts';
import { people } from '../support/people.ts';
import { cell, colour, count, expectRow, expectRows, filterChips, openFilter, row, search, sortBy, table } from '../support/tables.ts';

test.use({ person: people.alderAdmin });

/** A moment, its zone, which is out of sight, and how far away it is. */
function moment(distance: string): RegExp {
  return new RegExp(`^\\d{1,2} \\w{3} \\d{4}, \\d\\d:\\d\\d ?UTC(\\+00:00)? ?${distance}$`);
}

test.describe('reading', { tag: '@reading' }, () => {
  test('shows each subscription and its state in words', async ({ page }) => {
    await page.goto(smsTab(alder, 'domains'));
    const domains = table(page, 'Domain subscriptions');
    await expect(count(page, '4 domains')).toBeVisible();
    await expectRow(domains, {
      Domain: 'clinic.alder.example',
      'Carrier Profile': 'Main NetSapiens',
      'Subscription ID': '5a3c91d0',
      'Subscription Date': moment('153 days ago'),
      'Expiry Date': moment('in 212 days'),
      State: 'Active',
      Numbers: '40',
    });
    await expectRow(domains, {
      Domain: 'urgent-care.alder.example',
      'Expiry Date': moment('in 5 days'),
      State: 'Expiring soon',
    });
    await expectRow(domains, {
      Domain: 'records.alder.example',
      'Expiry Date': moment('2 days ago'),
      State: 'Expired',
    });
    await expectRow(domains, {
      Domain: 'west.alder.example',
      State: /^Expired\s*Renewal failed: The carrier refused the credentials \(401\)\.$/,
    });
  });

  test('shows states in colours too', async ({ page }) => {
    await page.goto(smsTab(alder, 'domains'));
    const domains = table(page, 'Domain subscriptions');
    const state = (domain: string, word: string) => colour(row(domains, domain).getByText(word, { exact: true }));
    const expired = await state('records.alder.example', 'Expired');
    expect(expired.red).toBeGreaterThan(2 * expired.green);
    const active = await state('clinic.alder.example', 'Active');
    expect(active.green).toBeGreaterThan(2 * active.red);
    const expiring = await state('urgent-care.alder.example', 'Expiring soon');
    expect(expiring.red).toBeGreaterThan(expiring.green);
    expect(expiring.red).toBeLessThan(2 * expiring.green);
  });

  test('shows states with an icon beside the word', async ({ page }) => {
    await page.goto(smsTab(alder, 'domains'));
    const domains = table(page, 'Domain subscriptions');
    for (const [domain, word] of [
      ['clinic.alder.example', 'Active'],
      ['urgent-care.alder.example', 'Expiring soon'],
      ['records.alder.example', 'Expired'],
    ] as const) {
      const state = await cell(row(domains, domain), domains, 'State');
      const icon = await state.getByText(word, { exact: true }).evaluate((element) => {
        const before = element.previousElementSibling;
        return {
          name: before?.localName,
          hidden: before?.getAttribute('aria-hidden'),
          isDrawn: (before?.getBoundingClientRect().width ?? 0) > 0,
        };
      });
      expect(icon, `the icon beside ${word}`).toEqual({ name: 'svg', hidden: 'true', isDrawn: true });
    }
  });

  for (const [what, text] of [
    ['what failed', 'renewal failed'],
    ['the reason', 'refused the credentials'],
  ] as const) {
    test(`is searched for ${what}`, async ({ page }) => {
      await page.goto(smsTab(alder, 'domains'));
      await search(page, text);
      await expectRows(table(page, 'Domain subscriptions'), ['west.alder.example']);
    });
  }

  test('is searched for a day as it is shown and as it is written on the web', async ({ page }) => {
    await page.goto(smsTab(alder, 'domains'));
    const domains = table(page, 'Domain subscriptions');
    const expiry = await cell(row(domains, 'urgent-care.alder.example'), domains, 'Expiry Date');
    const moment = await expiry.getByRole('time').getAttribute('datetime');
    const day = moment?.slice(0, 'YYYY-MM-DD'.length) ?? '';
    const shown = new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    });
    for (const text of [day, shown.replace('Sept', 'Sep')]) {
      await page.goto(smsTab(alder, 'domains'));
      await expect(count(page, '4 domains')).toBeVisible();
      await search(page, text);
      await expectRows(domains, ['urgent-care.alder.example']);
    }
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
  await expect(firstMoment(here)).toHaveAccessibleDescription('UTC+00:00');
  await expect(firstMoment(there)).toHaveAccessibleDescription('UTC+09:00');
  const moment = await firstMoment(here).getAttribute('datetime');
  expect(await firstMoment(there).getAttribute('datetime')).toBe(moment);
  expect(await firstMoment(there).textContent()).not.toBe(await firstMoment(here).textContent());
});

test('tells the zone of a moment on hover and on focus', async ({ page }) => {
  await page.goto(smsTab(alder, 'domains'));
  const zone = page.getByText('UTC+00:00', { exact: true }).filter({ visible: true });
  await expect(zone).toHaveCount(0);
  await firstMoment(page).hover();
  await expect(zone).toHaveCount(1);
  await page.getByRole('heading', { level: 1 }).hover();
  await expect(zone).toHaveCount(0);
  await firstMoment(page).focus();
  await expect(zone).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(zone).toHaveCount(0);
});

test.describe('a window of 1024 pixels', () => {
  test.use({ viewport: { width: 1024, height: 800 } });

  test('shows names in one piece', async ({ page }) => {
    await page.goto(smsTab(alder, 'domains'));
    for (const name of ['urgent-care.alder.example', 'west.alder.example']) {
      const box = await page.getByRole('link', { name, exact: true }).boundingBox();
      expect(box?.height, `${name} is on one line`).toBeLessThan(30);
    }
    await expectNoSidewaysScroll(page);
  });
});

function firstMoment(page: Page): Locator {
  return row(table(page, 'Domain subscriptions'), 'clinic.alder.example').getByRole('time').first();
}
