// The audit log and the histories in dialogs.
import { readFile } from 'node:fs/promises';

import type { Locator, Page } from '@playwright/test';

import { expect, hydrated, test } from '../fixtures/test.ts';
import { expectAccessible, expectAccessibleInBothThemes, expectNoSidewaysScroll } from '../support/accessibility.ts';
import { alder, auditLog, borealis } from '../support/addresses.ts';
import { openDomainDetails, openDomains } from '../support/domains.ts';
import { addGroupAlone, dialog, openDeleteDialog, openGroups, openUpdateDialog, pick, save, uniqueName } from '../support/groups.ts';
import { listens } from '../support/live.ts';
import { addNumber, numbersPage, numbersTable, openAssign } from '../support/numbers.ts';
import { people } from '../support/people.ts';
import { accountMenu } from '../support/sign-in.ts';
import { count, filterChips, openFilter, row, search, table } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

/** The time that two browsers on a busy machine take to draw, on top of the promised two seconds. */
const SOON = { timeout: 2_000 + 3_000 };

/** Opens the log, only entries that hold `text`. */
async function openLog(page: Page, text = ''): Promise<Locator> {
  await page.goto(auditLog(alder, text ? { search: text } : {}));
  return table(page, 'Audit log');
}

/** The rows of the log that hold `text`. */
function entries(log: Locator, text: string | RegExp): Locator {
  return log.getByRole('row').filter({ has: log.page().getByRole('rowheader') }).filter({ hasText: text });
}

/** What was done, as a row says it; what came into a list is told in small letters. */
const ADDED = /Added/;
const CHANGED = /Changed/;

/** Adds a group, gives it another name and a further member, and tells both names. */
async function changedGroup(page: Page): Promise<{ name: string; renamed: string }> {
  const { name } = await addGroupAlone(page, { members: ['Björn Brandt'] });
  const renamed = `${name} renamed`;
  const opened = await openUpdateDialog(page, name);
  await opened.getByLabel('Group name').fill(renamed);
  await pick(opened, 'Members', 'Camila Castillo');
  await save(opened);
  await expect(opened).toBeHidden();
  return { name, renamed };
}

test('tells who did what, and what changed', async ({ page }) => {
  const { name, renamed } = await changedGroup(page);
  const log = await openLog(page, name);
  await expect(entries(log, name)).toHaveCount(2);
  const update = entries(log, CHANGED);
  await expect(update).toContainText(people.alderAdmin.email);
  await expect(update).toContainText('SMS group');
  await expect(update).toContainText(`Name: ${name} → ${renamed}`);
  await expect(update).toContainText('Members: added Camila Castillo');
  await expect(update).toContainText('127.0.0.1');
  await expect(entries(log, ADDED)).toContainText(`Name: ${name}`);
});

test('is found in the menu under one’s name', async ({ page }) => {
  await openGroups(page);
  await accountMenu(page, people.alderAdmin).click();
  await page.getByRole('banner').getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByRole('heading', { name: 'Audit log', level: 1 })).toBeVisible();
  await expect(page).toHaveTitle('Audit log · Alder Clinics · Messaging Portal');
  await page.getByRole('link', { name: 'Help with the audit log' }).click();
  await expect(page.getByRole('heading', { name: 'Audit log', level: 1 })).toBeVisible();
  await expect(page).toHaveTitle('Audit log · Help · Messaging Portal');
});

test('shows an entry with everything before and after', async ({ page }) => {
  const { name, renamed } = await changedGroup(page);
  const log = await openLog(page, name);
  await entries(log, CHANGED).getByRole('link', { name: /^Details of/ }).click();
  const opened = dialog(page, 'Audit entry');
  const changes = opened.getByRole('table', { name: 'What changed' });
  const field = (name: string) => changes.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  await expect(field('Name').getByRole('cell')).toHaveText([name, renamed]);
  await expect(field('Members').getByRole('cell').last()).toContainText('Camila Castillo');
  await expect(opened.getByText(people.alderAdmin.email)).toBeVisible();
  await expect(opened.getByText(/^[0-9a-f]{64}$/)).toBeVisible();
  // It has an address.
  await page.reload();
  await expect(changes).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(opened).toBeHidden();
  await expect(page).not.toHaveURL(/dialog/);
});

test('is filtered by action, kind, person and day', async ({ page }) => {
  const { name, renamed } = await changedGroup(page);
  await openGroups(page, renamed);
  const asked = await openDeleteDialog(page, renamed);
  await asked.getByRole('button', { name: 'Delete group' }).click();
  await expect(asked).toBeHidden();
  const log = await openLog(page, name);
  await expect(entries(log, name)).toHaveCount(3);

  const action = await openFilter(log, 'Action');
  await action.getByRole('checkbox', { name: 'Deleted' }).check();
  await expect(entries(log, name)).toHaveCount(1);
  await action.getByRole('checkbox', { name: 'Added' }).check();
  await expect(entries(log, name)).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(filterChips(page)).toHaveCount(1);

  const kind = await openFilter(log, 'Kind');
  await kind.getByRole('checkbox', { name: 'SMS group' }).check();
  await expect(entries(log, name)).toHaveCount(2);
  await page.keyboard.press('Escape');

  const who = await openFilter(log, 'Who');
  await who.getByLabel('Who value').fill('nobody-of-that-name');
  await expect(entries(log, name)).toHaveCount(0);
  await who.getByLabel('Who value').fill(people.alderAdmin.email);
  await expect(entries(log, name)).toHaveCount(2);
  await page.keyboard.press('Escape');

  const when = await openFilter(log, 'When');
  await when.getByLabel('Condition').selectOption('is in the last days');
  await when.getByLabel('When value').fill('1');
  await expect(entries(log, name)).toHaveCount(2);
});

test('follows what others do', async ({ page, getPageAsUser }) => {
  const name = uniqueName('Followed');
  const other = await getPageAsUser(people.alderViewer);
  const listening = listens(other, alder);
  const log = await openLog(other, name);
  await listening;
  await expect(count(other, /^0 of/).or(other.getByText('Nothing has been changed yet'))).toBeVisible();
  await addGroupAlone(page, { name });
  await expect(entries(log, name)).toHaveCount(1, SOON);
});

test('is saved as a file', async ({ page }) => {
  const { name, renamed } = await changedGroup(page);
  await openLog(page, name);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^audit-\d{4}-\d{2}-\d{2}\.csv$/);
  const text = await readFile(await download.path(), 'utf8');
  const lines = text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain('When,Who,Action,Kind,Thing,What changed,From,Entry');
  expect(text).toContain(`Name: ${name} → ${renamed}`);
});

test.describe('the history of a group', () => {
  test('is in its dialog, the latest first', async ({ page }) => {
    const { name, renamed } = await changedGroup(page);
    await openGroups(page, renamed);
    const opened = await openUpdateDialog(page, renamed);
    let asked = 0;
    page.on('request', (request) => (asked += Number(request.url().includes('/rpc/audit/history'))));
    await expect(opened.getByText('History')).toBeVisible();
    expect(asked, 'nothing is asked before it is opened').toBe(0);
    await opened.getByText('History').click();
    const history = opened.getByRole('listitem').filter({ hasText: people.alderAdmin.email });
    await expect(history).toHaveCount(2);
    await expect(history.first()).toContainText(`Name: ${name} → ${renamed}`);
    await expect(history.first()).toContainText('Members: added Camila Castillo');
    await expect(history.last()).toContainText('Added · SMS group');
    await expectAccessibleInBothThemes(page);
    // Looking is no change.
    await page.keyboard.press('Escape');
    await expect(opened).toBeHidden();
  });

  test('says so where there is none', async ({ page }) => {
    await openGroups(page, 'front desk');
    await page.getByRole('link', { name: 'Front Desk', exact: true }).click();
    const opened = dialog(page, 'Update SMS Group');
    await opened.getByText('History').click();
    await expect(opened.getByText('No change has been written down yet.')).toBeVisible();
  });

  test('is opened by keyboard', async ({ page }) => {
    const { renamed } = await changedGroup(page);
    await openGroups(page, renamed);
    const opened = await openUpdateDialog(page, renamed);
    await opened.getByText('History').focus();
    await page.keyboard.press('Enter');
    await expect(opened.getByText('Added · SMS group')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(opened.getByText('Added · SMS group')).toBeHidden();
  });
});

test('the history of a number is in its dialogs, with whom it served', async ({ page }) => {
  const number = '+1 509 555 0181';
  await page.goto(numbersPage(alder, { search: number }));
  await addNumber(page, number);
  const assigning = await openAssign(page, number);
  await assigning.getByText('History').click();
  await expect(assigning.getByText('Added · Phone number')).toBeVisible();
  await pick(assigning, 'Teams user', 'Björn Brandt');
  await save(assigning);
  await expect(assigning).toBeHidden();

  await row(numbersTable(page), number).getByRole('link', { name: `Update ${number}` }).click();
  const opened = dialog(page, 'Update Number');
  await opened.getByText('History').click();
  const history = opened.getByRole('listitem').filter({ hasText: people.alderAdmin.email });
  await expect(history).toHaveCount(2);
  await expect(history.first()).toContainText('Added · Number assignment');
  await expect(history.first()).toContainText('Assignee: Björn Brandt');
  await expect(history.last()).toContainText('Added · Phone number');
  await expectAccessible(page);
});

test('the history of a domain is in its dialog', async ({ page }) => {
  await openDomains(page);
  const opened = await openDomainDetails(page, 'clinic.alder.example');
  await opened.getByText('History').click();
  await expect(opened.getByText('No change has been written down yet.')).toBeVisible();
  await expectAccessible(page);
});

test('an entry is opened and closed by keyboard, and the focus comes back', async ({ page }) => {
  const { name } = await addGroupAlone(page);
  const log = await openLog(page, name);
  const details = entries(log, name).getByRole('link', { name: /^Details of/ });
  await details.focus();
  await page.keyboard.press('Enter');
  const opened = dialog(page, 'Audit entry');
  await expect(opened.getByRole('table', { name: 'What changed' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(opened).toBeHidden();
  await expect(details).toBeFocused();
});

test('a viewer reads the log and the history', async ({ page, getPageAsUser }) => {
  const { name, renamed } = await changedGroup(page);
  const viewer = await getPageAsUser(people.alderViewer);
  const log = await openLog(viewer, name);
  await expect(entries(log, name)).toHaveCount(2);
  await openGroups(viewer, renamed);
  await viewer.getByRole('link', { name: renamed, exact: true }).click();
  const opened = dialog(viewer, 'Update SMS Group');
  await opened.getByText('History').click();
  await expect(opened.getByText('Added · SMS group')).toBeVisible();
});

test('somebody of another enterprise finds nothing', async ({ page, quiet }) => {
  quiet.expectAnswer(404);
  const answer = await page.goto(auditLog(borealis));
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('table')).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has nothing to report to axe, ${colorScheme}`, async ({ page, getPageAsUser }) => {
    const { name } = await changedGroup(page);
    const seen = await getPageAsUser(people.alderAdmin, { colorScheme });
    const log = await openLog(seen, name);
    await expectAccessible(seen);
    await entries(log, CHANGED).getByRole('link', { name: /^Details of/ }).click();
    await expect(dialog(seen, 'Audit entry').getByRole('table', { name: 'What changed' })).toBeVisible();
    await expectAccessible(seen);
  });
}

for (const width of [390, 1024]) {
  test(`fits into ${width} px`, async ({ page, getPageAsUser }) => {
    const { name } = await changedGroup(page);
    const narrow = await getPageAsUser(people.alderAdmin, { viewport: { width, height: 800 } });
    const log = await openLog(narrow, name);
    await expectNoSidewaysScroll(narrow);
    await entries(log, CHANGED).getByRole('link', { name: /^Details of/ }).click();
    const opened = dialog(narrow, 'Audit entry');
    await expect(opened.getByText('Camila Castillo')).toBeVisible();
    await expectNoSidewaysScroll(narrow);
  });
}

test('can be read and searched without scripts', async ({ page, browser, baseURL, sessionOf }) => {
  const { name, renamed } = await changedGroup(page);
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    javaScriptEnabled: false,
    storageState: await sessionOf(people.alderAdmin),
  });
  const plain = await context.newPage();
  await plain.goto(auditLog(alder));
  await search(plain, name);
  const log = table(plain, 'Audit log');
  await expect(entries(log, name)).toHaveCount(2);
  await expect(entries(log, CHANGED)).toContainText(`Name: ${name} → ${renamed}`);
  await context.close();
});

test('the check on the command line finds the log unbroken', async ({ page, portal }) => {
  await changedGroup(page);
  await hydrated(page);
  expect(await portal.run('audit', 'verify')).toMatch(/^alder-clinics: \d+ entries, unbroken, last hash [0-9a-f]{64}$/m);
});
