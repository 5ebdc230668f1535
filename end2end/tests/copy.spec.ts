// Copy buttons.
import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures/test.ts';
import { alder, smsTab } from '../support/addresses.ts';
import { groupsTable, openGroups } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { row, table } from '../support/tables.ts';

test.use({ person: people.alderAdmin, permissions: ['clipboard-read', 'clipboard-write'] });

function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Whether the picture of the button is drawn. */
async function expectSeen(button: Locator, seen: boolean): Promise<void> {
  await expect
    .poll(() => button.evaluate((element) => getComputedStyle(element, '::before').content))
    .toBe(seen ? '""' : 'none');
}

test('each value of a group can be copied as it is', async ({ page }) => {
  const groups = await openGroups(page);
  const values = {
    'Copy group name Appointments': 'Appointments',
    'Copy group members Appointments': '5',
    'Copy group phone numbers Appointments': '+12065550102, +12535550102',
    'Copy owner Appointments': 'Ivan Lindqvist',
  };
  for (const [button, value] of Object.entries(values)) {
    await row(groups, 'Appointments').hover();
    await page.getByRole('button', { name: button, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
    await expect.poll(() => clipboard(page)).toBe(value);
  }
});

test('all numbers of a group are copied', async ({ page }) => {
  await openGroups(page, 'lab results');
  await page.getByRole('button', { name: 'Copy group phone numbers Lab Results', exact: true }).click();
  await expect.poll(() => clipboard(page)).toBe('+12065550103, +13605550103, +14255550102, +14255550103');
});

test('a group without numbers has nothing to copy there', async ({ page }) => {
  await openGroups(page, 'front desk');
  await expect(page.getByRole('button', { name: 'Copy group phone numbers Front Desk', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy group phone numbers Front Desk Ballard' })).toHaveCount(0);
});

test('the button is seen on hover and when the keyboard reaches its cell', async ({ page }) => {
  await openGroups(page);
  const button = page.getByRole('button', { name: 'Copy owner Billing', exact: true });
  await expectSeen(button, false);
  await row(groupsTable(page), 'Billing').hover();
  await expectSeen(button, true);
  await page.getByRole('heading', { level: 1 }).hover();
  await expectSeen(button, false);
  const name = row(groupsTable(page), 'Billing').getByRole('link', { name: 'Billing', exact: true });
  await name.focus();
  await page.keyboard.press('Tab');
  const copyName = page.getByRole('button', { name: 'Copy group name Billing', exact: true });
  await expect(copyName).toBeFocused();
  await expectSeen(copyName, true);
  await page.keyboard.press('Enter');
  await expect.poll(() => clipboard(page)).toBe('Billing');
  await expect(copyName).toBeFocused();
});

test('the button is always there on touch', async ({ getPageAsUser }) => {
  const page = await getPageAsUser(people.alderAdmin, { hasTouch: true, isMobile: true });
  await openGroups(page, 'front desk');
  await expectSeen(page.getByRole('button', { name: 'Copy owner Front Desk', exact: true }), true);
});

test('somebody whose browser forbids it is told', async ({ page, context, quiet }) => {
  quiet.expectMessage(/the browser refused: .*NotAllowedError/s);
  await openGroups(page, 'front desk');
  await context.clearPermissions();
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await page.getByRole('button', { name: 'Copy owner Front Desk', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'did not allow copying' })).toBeVisible();
});

test('each value of a domain can be copied, dates in a form for machines', async ({ page }) => {
  await page.goto(smsTab(alder, 'domains'));
  const clinic = row(table(page, 'Domain subscriptions'), 'clinic.alder.example');
  const moment = async (index: number) => (await clinic.getByRole('time').nth(index).getAttribute('datetime')) ?? '';
  const values = {
    'Copy domain clinic.alder.example': 'clinic.alder.example',
    'Copy carrier profile clinic.alder.example': 'Main NetSapiens',
    'Copy subscription id clinic.alder.example': '5a3c91d0',
    'Copy subscription date clinic.alder.example': await moment(0),
    'Copy expiry date clinic.alder.example': await moment(1),
  };
  for (const [button, value] of Object.entries(values)) {
    await clinic.hover();
    await page.getByRole('button', { name: button, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
    await expect.poll(() => clipboard(page)).toBe(value);
  }
});
