// Tables as files.
import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { expect, hydrated, test } from '../fixtures/test.ts';
import { alder, smsTab } from '../support/addresses.ts';
import { groupsTable, openGroups } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { trySignIn } from '../support/sign-in.ts';
import { count, expectRows, openFilter, search, sortBy, table } from '../support/tables.ts';

test.use({ person: people.alderAdmin });

type File = { name: string; lines: string[] };

/** Presses Export CSV; the lines of the file, without the byte order mark. */
async function exported(page: Page): Promise<File> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  expect(text.startsWith('\ufeff')).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  return { name: download.suggestedFilename(), lines: text.slice(1).trimEnd().split('\r\n') };
}

/** The first column below its heading. */
function names(file: File): string[] {
  return file.lines.slice(1).map((line) => line.split(',')[0] ?? '');
}

const HEADINGS = 'Group Name,Group Members,Group Phone Numbers,Owner';

test.describe('reading', { tag: '@reading' }, () => {
  test('a search leaves just the rows it finds', async ({ page }) => {
    await openGroups(page);
    await search(page, 'appointments');
    await expectRows(groupsTable(page), ['Appointments', 'Appointments Ballard']);
    const file = await exported(page);
    expect(file.name).toMatch(/^groups-\d{4}-\d{2}-\d{2}\.csv$/);
    expect(file.lines[0]).toBe(HEADINGS);
    expect(file.lines[1]).toBe('Appointments,5,"+12065550102, +12535550102",Ivan Lindqvist');
    expect(names(file)).toEqual(['Appointments', 'Appointments Ballard']);
  });

  test('all pages are in it, in the order of the table', async ({ page }) => {
    const groups = await openGroups(page);
    await sortBy(groups, 'Group Name').click();
    await expect(groups.getByRole('rowheader').first()).toHaveText('Vaccinations Ballard');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next page' }).click();
    await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('26–34 of 34');
    const found = names(await exported(page));
    expect(found).toHaveLength(34);
    expect(found[0]).toBe('Vaccinations Ballard');
    expect(found.at(-1)).toBe('Appointments');
  });

  test('the other tables have one too', async ({ page }) => {
    await page.goto(smsTab(alder, 'carriers'));
    const profiles = await exported(page);
    expect(profiles.name).toMatch(/^carriers-/);
    expect(profiles.lines).toHaveLength(4);
    await page.goto(smsTab(alder, 'domains'));
    const domains = await exported(page);
    expect(domains.name).toMatch(/^domains-/);
    expect(names(domains)).toContain('clinic.alder.example');
    expect(domains.lines.find((line) => line.startsWith('records.'))).toContain(',Expired,');
  });
});

test.describe('a viewer', { tag: '@reading' }, () => {
  test.use({ person: people.alderViewer });

  test('may export', async ({ page }) => {
    await openGroups(page, 'front desk');
    expect(names(await exported(page))).toEqual(['Front Desk', 'Front Desk Ballard']);
  });
});

test('the link follows what is typed and filtered, without loading the page anew', async ({ page }) => {
  const groups = await openGroups(page);
  const link = page.getByRole('link', { name: 'Export CSV' });
  await expect(link).toHaveAttribute('href', `${smsTab(alder, 'groups')}/export.csv`);
  await page.getByRole('searchbox').pressSequentially('desk');
  await expectRows(groups, ['Front Desk', 'Front Desk Ballard']);
  await expect(link).toHaveAttribute('href', `${smsTab(alder, 'groups')}/export.csv?search=desk`);
  const filter = await openFilter(groups, 'Group Name');
  await filter.getByLabel('Group Name value').fill('ballard');
  await expectRows(groups, ['Front Desk Ballard']);
  await page.keyboard.press('Escape');
  expect(names(await exported(page))).toEqual(['Front Desk Ballard']);
  // The table is still there as it was.
  await expectRows(groups, ['Front Desk Ballard']);
});

test('a table without a match exports its headings', async ({ page }) => {
  await openGroups(page, 'no such group');
  await expect(count(page, '0 of 34 groups')).toBeVisible();
  expect((await exported(page)).lines).toEqual([HEADINGS]);
});

test('after the session has ended the link leads to signing in, and then to the table', async ({ getPageAsUser, quiet }) => {
  // The page may still ask for its list or for news when the session ends.
  quiet.expectAnswer(401);
  quiet.expectMessage(/the list could not be taken over: You are signed out/);
  const page = await getPageAsUser(people.alderAdmin);
  await openGroups(page, 'front desk');
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Export CSV' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await hydrated(page);
  await trySignIn(page, people.alderAdmin.email, people.alderAdmin.password);
  await expectRows(table(page, 'SMS groups'), ['Front Desk', 'Front Desk Ballard']);
});
