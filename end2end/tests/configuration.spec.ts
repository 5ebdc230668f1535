// What is live for the connector app, what is not yet, and the banner that counts it.
import { readFile } from 'node:fs/promises';

import { expect, test } from '../fixtures/test.ts';
import { alder, borealis, configuration, smsTab } from '../support/addresses.ts';
import { banner, ledger, liveNumbers } from '../support/configuration.ts';
import { groupsTable } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { accountMenu } from '../support/sign-in.ts';
import { count, expectRow, openFilter, search } from '../support/tables.ts';

const MOMENT = /^\d{1,2} \w{3} \d{4}, \d\d:\d\d$/;
const BY_BELA = /Waiting since \d{1,2} \w{3} \d{4}, \d\d:\d\d, changed by admin@borealisfreight\.example$/;

test.describe('a legacy enterprise', () => {
  test.use({ person: people.borealisAdmin });

  test('is told how many changes are not live, and where to sync', { tag: '@reading' }, async ({ page }) => {
    await page.goto(smsTab(borealis, 'groups'));
    await expect(banner(page)).toContainText('3 changes are not live yet');
    await expect(banner(page)).toContainText('A sync makes all changes live.');
    await expect(banner(page).getByRole('link', { name: 'Open the Dashboard' })).toHaveAttribute(
      'href',
      `/e/${borealis}/dashboard`,
    );
  });

  test('reads what is live and who published it', { tag: '@reading' }, async ({ page }) => {
    await page.goto(configuration(borealis));
    await expect(page).toHaveTitle('Configuration · Borealis Freight · Messaging Portal');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Configuration');
    await expect(page.getByRole('term')).toHaveText(['Snapshot', 'Published', 'Published by', 'Content']);
    await expect(page.getByRole('definition')).toHaveText([
      '1',
      MOMENT,
      'admin@borealisfreight.example',
      '11 numbers and 5 groups, after 16 changes',
    ]);
    await expect(page.getByText('There are none.')).toBeVisible();
  });

  test('reads which changes are not live, who made them and when', { tag: '@reading' }, async ({ page }) => {
    await page.goto(configuration(borealis));
    await expect(ledger(page)).toHaveCount(3);
    await expect(ledger(page).nth(0)).toContainText('Group Claims was added');
    await expect(ledger(page).nth(1)).toContainText('Group Yard Crew is called Yard now');
    await expect(ledger(page).nth(2)).toContainText('+1 503 555 0109 was given to Fatima Fischer');
    for (const change of await ledger(page).all()) {
      await expect(change).toContainText(BY_BELA);
    }
  });

  test('reads which number serves whom', { tag: '@reading' }, async ({ page }) => {
    await page.goto(configuration(borealis));
    await expect(count(page, '11 numbers')).toBeVisible();
    await expectRow(liveNumbers(page), {
      'Phone Number': '+1 503 555 0100',
      Serves: 'Night Dispatch',
      Kind: 'SMS group',
    });
    await search(page, 'yard');
    await expectRow(liveNumbers(page), { 'Phone Number': '+1 541 555 0102', Serves: 'Yard Crew' });
    await search(page, '(541) 555-0106');
    await expect(count(page, '0 of 11 numbers')).toBeVisible();
  });

  test('filters and exports the numbers', async ({ page }) => {
    await page.goto(configuration(borealis));
    const filter = await openFilter(liveNumbers(page), 'Kind');
    await filter.getByRole('checkbox', { name: 'Teams user' }).check();
    await expect(count(page, '5 of 11 numbers')).toBeVisible();
    await page.keyboard.press('Escape');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^configuration-\d{4}-\d{2}-\d{2}\.csv$/);
    const lines = (await readFile(await download.path(), 'utf8')).slice(1).trimEnd().split('\r\n');
    expect(lines[0]).toBe('Phone Number,Serves,Kind,Messages Go To');
    expect(lines).toHaveLength(6);
    expect(lines[1]).toMatch(/^\+1\d{10},[^,]+,Teams user,[^,]+@borealisfreight\.example$/);
  });
});

test.describe('a unified enterprise', () => {
  test.use({ person: people.alderAdmin });

  test('has no banner: everything is live', { tag: '@reading' }, async ({ page }) => {
    await page.goto(smsTab(alder, 'groups'));
    await expect(groupsTable(page)).toBeVisible();
    await expect(banner(page)).toHaveCount(0);
    await page.goto(configuration(alder));
    await expect(page.getByText('Everything is live.')).toBeVisible();
    await expect(ledger(page)).toHaveCount(0);
  });

  test('reaches the page from the account menu, by keyboard too', async ({ page }) => {
    await page.goto(smsTab(alder, 'groups'));
    await accountMenu(page, people.alderAdmin).click();
    const entry = page.getByRole('banner').getByRole('link', { name: 'Configuration' });
    await expect(entry).toBeVisible();
    await entry.focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(configuration(alder));
    await page.getByRole('link', { name: 'Help with the configuration' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Configuration');
    await expect(page.getByRole('heading', { name: 'When changes become live' })).toBeVisible();
  });

  test('names the receivers that find no place in a cell, by keyboard and by touch', async ({ page, getPageAsUser }) => {
    // So high that nothing scrolls, which closes a tooltip.
    await page.setViewportSize({ width: 1280, height: 2400 });
    await page.goto(configuration(alder));
    const more = page.getByRole('button', { name: /^and \d+ more$/ }).first();
    const [hidden = ''] = /\d+/.exec(await more.innerText()) ?? [];
    const names = new RegExp(`^[^,]+(, [^,]+){${Number(hidden) - 1}}$`);
    await more.focus();
    await expect(page.getByRole('tooltip')).toHaveText(names);
    await expect(more).toHaveAccessibleDescription(names);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('tooltip')).toHaveCount(0);

    const phone = await getPageAsUser(people.alderAdmin, {
      hasTouch: true,
      isMobile: true,
      viewport: { width: 390, height: 2400 },
    });
    await phone.goto(configuration(alder));
    await phone.getByRole('button', { name: /^and \d+ more$/ }).first().tap();
    await expect(phone.getByRole('tooltip')).toHaveText(names);
  });

  test('cannot look into another enterprise', async ({ page, quiet }) => {
    quiet.expectAnswer(404);
    const answer = await page.goto(configuration(borealis));
    expect(answer?.status()).toBe(404);
    await expect(page.getByText('Borealis')).toHaveCount(0);
  });
});

test.describe('a viewer', () => {
  test.use({ person: people.alderViewer });

  test('reads what an admin reads', { tag: '@reading' }, async ({ page }) => {
    await page.goto(configuration(alder));
    await expect(page.getByRole('definition').first()).toHaveText('1');
    await expect(liveNumbers(page).getByRole('rowheader').first()).toBeVisible();
  });
});
