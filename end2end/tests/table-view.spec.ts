// How a table looks on this device, and orders of several columns.
import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures/test.ts';
import { alder, smsTab } from '../support/addresses.ts';
import { groupsTable, openGroups } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { expectRows, filterChips, heading, openFilter, row, sortBy } from '../support/tables.ts';

test.use({ person: people.alderAdmin });

async function openViewOptions(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'View options' }).click();
  const options = page.getByRole('dialog', { name: 'View options' });
  await expect(options).toBeVisible();
  return options;
}

for (const [name, opens] of [
  ['View options', 'View options'],
  ['Filter Owner', 'Filter by Owner'],
] as const) {
  test(`${name} says what it does on hover and focus, and leaves Escape to what it opens`, async ({ page }) => {
    await openGroups(page);
    const button = page.getByRole('button', { name });
    const tip = page.getByText(name, { exact: true });
    await expect(tip).toBeHidden();
    await button.hover();
    await expect(tip).toBeVisible();

    await button.click();
    const opened = page.getByRole('dialog', { name: opens });
    await expect(opened).toBeVisible();
    await expect(tip).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(opened).toBeHidden();
    await expect(tip).toBeHidden();

    await page.getByRole('heading', { level: 1 }).hover();
    await button.blur();
    await button.focus();
    await expect(tip).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(tip).toBeHidden();
    await expect(button).toBeFocused();
  });
}

test.describe('columns', () => {
  test('a hidden one stays hidden on this device; search and filters remain', async ({ page, getPageAsUser }) => {
    const groups = await openGroups(page, 'desk');
    const filter = await openFilter(groups, 'Owner');
    await filter.getByLabel('Owner value').fill('abbott');
    await expectRows(groups, ['Front Desk']);
    await page.keyboard.press('Escape');
    await expect(filter).toBeHidden();

    const options = await openViewOptions(page);
    await options.getByRole('checkbox', { name: 'Owner' }).uncheck();
    await options.getByRole('checkbox', { name: 'Group Members' }).uncheck();
    await page.keyboard.press('Escape');
    await expect(options).toBeHidden();

    const expectHidden = async () => {
      await expect(groups.getByRole('columnheader')).toHaveText([/^Group Name/, /^Group Phone Numbers/, 'Actions']);
      await expect(row(groups, 'Front Desk').getByRole('cell')).toHaveText([/^\+1 206 555 0100$/, /Update/]);
      await expect(filterChips(page)).toHaveText(['Owner contains “abbott”']);
      await expect(page.getByRole('searchbox')).toHaveValue('desk');
      await expectRows(groups, ['Front Desk']);
    };
    await expectHidden();
    await page.reload();
    await expectHidden();

    const elsewhere = await getPageAsUser(people.alderAdmin);
    await openGroups(elsewhere, 'desk');
    await expect(heading(groupsTable(elsewhere), 'Owner')).toBeVisible();

    const again = await openViewOptions(page);
    await expect(again.getByRole('checkbox', { name: 'Owner' })).not.toBeChecked();
    await again.getByRole('checkbox', { name: 'Owner' }).check();
    await expect(heading(groups, 'Owner')).toBeVisible();
    await expect(row(groups, 'Front Desk').getByText('Aaliyah Abbott')).toBeVisible();
  });

  test('the first one, which names the row, cannot be hidden', async ({ page }) => {
    await openGroups(page);
    const options = await openViewOptions(page);
    await expect(options.getByRole('checkbox')).toHaveCount(5);
    await expect(options.getByRole('checkbox', { name: 'Group Name' })).toHaveCount(0);
  });

  test('each table has its own', async ({ page }) => {
    await page.goto(smsTab(alder, 'domains'));
    const options = await openViewOptions(page);
    await options.getByRole('checkbox', { name: 'Numbers' }).uncheck();
    await expect(page.getByRole('columnheader', { name: /^Numbers\b/ })).toBeHidden();
    await page.goto(smsTab(alder, 'carriers'));
    await expect(page.getByRole('columnheader', { name: /^Numbers\b/ })).toBeVisible();
  });
});

test('rows can be lower, in all tables on this device', async ({ page }) => {
  const groups = await openGroups(page, 'front desk');
  const height = async () => (await row(groups, 'Front Desk').boundingBox())?.height ?? 0;
  const usual = await height();
  const options = await openViewOptions(page);
  await options.getByRole('checkbox', { name: 'Compact' }).check();
  await expect.poll(height).toBeLessThan(usual);
  const compact = await height();
  await page.reload();
  await expect.poll(height).toBe(compact);

  await page.goto(smsTab(alder, 'carriers'));
  const elsewhere = await openViewOptions(page);
  await expect(elsewhere.getByRole('checkbox', { name: 'Compact' })).toBeChecked();
  await elsewhere.getByRole('checkbox', { name: 'Compact' }).uncheck();
  await openGroups(page, 'front desk');
  await expect.poll(height).toBe(usual);
});

test.describe('an order of several columns', () => {
  const few = `${smsTab(alder, 'groups')}?search=ballard&filter=members:lt:7`;
  const byMembersAndOwner = [
    'Billing Ballard',
    'Lab Results Ballard',
    'Patient Transport Ballard',
    'Pediatrics Ballard',
    'Referrals Ballard',
    'Front Desk Ballard',
    'Eye Care Ballard',
    'Cardiology Ballard',
  ];
  const byMembersAndOwnerBackwards = [
    'Lab Results Ballard',
    'Billing Ballard',
    'Pediatrics Ballard',
    'Patient Transport Ballard',
    'Front Desk Ballard',
    'Referrals Ballard',
    'Cardiology Ballard',
    'Eye Care Ballard',
  ];
  const sortInAddress = (page: Page) => new URL(page.url()).searchParams.get('sort');

  test('is made with Shift and a click, and survives a reload', async ({ page }) => {
    await page.goto(few);
    const groups = groupsTable(page);
    await sortBy(groups, 'Group Members').click();
    await expect(heading(groups, 'Group Members')).toHaveAttribute('aria-sort', 'ascending');
    await sortBy(groups, 'Owner').click({ modifiers: ['Shift'] });
    await expectRows(groups, byMembersAndOwner);
    await expect.poll(() => sortInAddress(page)).toBe('members,owner');

    // Only the first key is told in `aria-sort`; the places of both are written beside their headings.
    await expect(heading(groups, 'Group Members')).toHaveAttribute('aria-sort', 'ascending');
    await expect(heading(groups, 'Owner')).not.toHaveAttribute('aria-sort');
    await expect(sortBy(groups, 'Group Members')).toHaveText(/1$/);
    await expect(sortBy(groups, 'Owner')).toHaveText(/2$/);
    await expect(heading(groups, 'Group Name')).not.toHaveAttribute('aria-sort');
    await expect(sortBy(groups, 'Group Name')).toHaveText('Group Name');

    await sortBy(groups, 'Owner').click({ modifiers: ['Shift'] });
    await expectRows(groups, byMembersAndOwnerBackwards);
    await expect.poll(() => sortInAddress(page)).toBe('members,-owner');
    await page.reload();
    await expectRows(groups, byMembersAndOwnerBackwards);
    await expect(heading(groups, 'Group Members')).toHaveAttribute('aria-sort', 'ascending');

    await sortBy(groups, 'Owner').click({ modifiers: ['Shift'] });
    await expect.poll(() => sortInAddress(page)).toBe('members');
    await expect(sortBy(groups, 'Group Members')).toHaveText('Group Members');
  });

  test('is made with Shift and Enter', async ({ page }) => {
    await page.goto(few);
    const groups = groupsTable(page);
    await sortBy(groups, 'Group Members').focus();
    await page.keyboard.press('Enter');
    await expect(heading(groups, 'Group Members')).toHaveAttribute('aria-sort', 'ascending');
    await sortBy(groups, 'Owner').focus();
    await page.keyboard.press('Shift+Enter');
    await expectRows(groups, byMembersAndOwner);
    await expect.poll(() => sortInAddress(page)).toBe('members,owner');
    await expect(sortBy(groups, 'Owner')).toBeFocused();
  });

  test('a click without Shift begins anew', async ({ page }) => {
    await page.goto(`${few}&sort=members,owner`);
    const groups = groupsTable(page);
    await expectRows(groups, byMembersAndOwner);
    await sortBy(groups, 'Group Name').click();
    await expect(heading(groups, 'Group Name')).toHaveAttribute('aria-sort', 'ascending');
    await expect(heading(groups, 'Group Members')).not.toHaveAttribute('aria-sort');
    await expect.poll(() => sortInAddress(page)).toBe('name');
  });
});
