// What the filters of the columns offer and find, headings that stay in sight, and a table that may not be read.
import { expect, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from '../support/accessibility.ts';
import { alder, smsTab } from '../support/addresses.ts';
import { openGroups } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { FORBIDDEN, answer } from '../support/postcard.ts';
import { count, expectRows, filterChips, heading, openFilter, table } from '../support/tables.ts';

test.use({ person: people.alderAdmin });

test('each kind of column is compared in its own ways', async ({ page }) => {
  const groups = await openGroups(page);
  const text = await openFilter(groups, 'Group Name');
  await expect(text.getByLabel('Condition').getByRole('option')).toHaveText([
    'contains',
    'does not contain',
    'equals',
    'starts with',
    'ends with',
    'is empty',
  ]);
  await page.keyboard.press('Escape');
  const number = await openFilter(groups, 'Group Members');
  await expect(number.getByLabel('Condition').getByRole('option')).toHaveText([
    'equals',
    'does not equal',
    'is greater than',
    'is greater than or equal to',
    'is less than',
    'is less than or equal to',
    'is between',
  ]);

  await page.goto(smsTab(alder, 'domains'));
  const domains = table(page, 'Domain subscriptions');
  const date = await openFilter(domains, 'Expiry Date');
  await expect(date.getByLabel('Condition').getByRole('option')).toHaveText([
    'is before',
    'is after',
    'is between',
    'is in the last days',
    'is in the next days',
  ]);
  await page.keyboard.press('Escape');
  const choice = await openFilter(domains, 'State');
  await expect(choice.getByRole('checkbox', { name: 'Expired' })).not.toBeChecked();
  await expect(choice.getByLabel('Condition')).toHaveCount(0);
});

test('a text is compared as the condition says, at first by a part of it', async ({ page }) => {
  const groups = await openGroups(page);
  const filter = await openFilter(groups, 'Group Name');
  await filter.getByLabel('Group Name value').fill('front desk');
  await expect(filterChips(page)).toHaveText(['Group Name contains “front desk”']);
  await expectRows(groups, ['Front Desk', 'Front Desk Ballard']);
  for (const [condition, found] of [
    ['does not contain', 32],
    ['equals', 1],
    ['starts with', 2],
    ['ends with', 1],
  ] as const) {
    await filter.getByLabel('Condition').selectOption(condition);
    await expect(filterChips(page)).toHaveText([`Group Name ${condition} “front desk”`]);
    await expect(count(page, `${String(found)} of 34 groups`)).toBeVisible();
  }
});

test('a date is compared as the condition says', async ({ page }) => {
  const today = new Date().toISOString().slice(0, 10);
  await page.goto(smsTab(alder, 'domains'));
  const domains = table(page, 'Domain subscriptions');
  const filter = await openFilter(domains, 'Expiry Date');
  const value = filter.getByLabel('Expiry Date value');
  await value.fill(today);
  await expectRows(domains, ['records.alder.example', 'west.alder.example']);
  await filter.getByLabel('Condition').selectOption('is after');
  await expectRows(domains, ['clinic.alder.example', 'urgent-care.alder.example']);
  await filter.getByLabel('Condition').selectOption('is between');
  await filter.getByLabel('and', { exact: true }).fill('2999-12-31');
  await expectRows(domains, ['clinic.alder.example', 'urgent-care.alder.example']);
});

test('a date is compared with days from now', async ({ page }) => {
  await page.goto(smsTab(alder, 'domains'));
  const domains = table(page, 'Domain subscriptions');
  const filter = await openFilter(domains, 'Expiry Date');
  await filter.getByLabel('Condition').selectOption('is in the last days');
  await filter.getByLabel('Expiry Date value').fill('7');
  await expectRows(domains, ['records.alder.example']);
  await filter.getByLabel('Expiry Date value').fill('30');
  await expectRows(domains, ['records.alder.example', 'west.alder.example']);
});

test('a condition on another kind of value begins with an empty field', async ({ page }) => {
  await page.goto(smsTab(alder, 'domains'));
  const domains = table(page, 'Domain subscriptions');
  const filter = await openFilter(domains, 'Expiry Date');
  const value = filter.getByLabel('Expiry Date value');
  await value.fill('2026-11-23');
  await expect(filterChips(page)).toHaveText(['Expiry Date is before 2026-11-23']);
  await filter.getByLabel('Condition').selectOption('is in the last days');
  await expect(value).toHaveValue('');
  await expect(filterChips(page)).toHaveCount(0);
  await value.fill('30');
  await expect(filterChips(page)).toHaveText(['Expiry Date is in the last 30 days']);
});

test('a date out of reach is refused at its field', async ({ page }) => {
  await page.goto(smsTab(alder, 'domains'));
  const domains = table(page, 'Domain subscriptions');
  const filter = await openFilter(domains, 'Expiry Date');
  const value = filter.getByLabel('Expiry Date value');
  await value.fill('9999-01-01');
  await expect(value).toHaveAccessibleDescription('Enter a date with a year from 1 to 9998.');
  await expect(filterChips(page)).toHaveCount(0);
  await filter.getByRole('button', { name: 'Done' }).click();
  await expect(filter).toBeVisible();

  await value.fill('9998-12-31');
  await expect(value).toHaveAccessibleDescription('');
  await expect(filterChips(page)).toHaveText(['Expiry Date is before 9998-12-31']);
  await filter.getByRole('button', { name: 'Done' }).click();
  await expect(filter).toBeHidden();
});

test('the headings stay in sight while the page scrolls', async ({ page }) => {
  const groups = await openGroups(page);
  const last = groups.getByRole('row').last();
  await expect(last).not.toBeInViewport();
  await last.scrollIntoViewIfNeeded();
  await expect(last).toBeInViewport();
  await expect(heading(groups, 'Group Name')).toBeInViewport({ ratio: 1 });
});

test.describe('a window of 1024 pixels', () => {
  test.use({ viewport: { width: 1024, height: 768 } });

  test('has a table that scrolls by keyboard, with its headings in sight', async ({ page }) => {
    const groups = await openGroups(page);
    const last = groups.getByRole('row').last();
    await expect(last).not.toBeInViewport();
    await page.getByRole('region', { name: 'SMS groups' }).press('End');
    await expect(last).toBeInViewport();
    await expect(heading(groups, 'Group Name')).toBeInViewport({ ratio: 0.9 });
    await expectNoSidewaysScroll(page);
  });
});

test('a table that the role may not read says so, without another try', async ({ page, quiet }) => {
  quiet.expectAnswer(403);
  quiet.expectMessage(/Failed to load resource: net::ERR_FAILED/);
  quiet.expectMessage(/the list could not be taken over/);
  await page.route('**/rpc/sms_group/list_all*', (route) => route.abort());
  const groups = await openGroups(page);
  await page.route('**/rpc/sms_group/list?*', (route) => answer(route, FORBIDDEN, 403));
  await page.getByRole('searchbox').fill('desk');
  const told = page.getByRole('main').getByRole('alert');
  await expect(told).toContainText('Not allowed');
  await expect(told).toContainText('Your role does not allow this.');
  await expect(told.getByRole('button')).toHaveCount(0);
  await expect(told).toBeInViewport({ ratio: 1 });
  await expect(groups.getByRole('rowheader')).toHaveCount(0);
  await expectAccessibleInBothThemes(page);
});
