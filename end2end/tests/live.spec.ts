// What somebody else, or the command line, changes appears in open pages by itself.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { alder, smsTab } from '../support/addresses.ts';
import {
  addGroup,
  addGroupAlone,
  addMember,
  chosen,
  groupsTable,
  openDeleteDialog,
  openGroups,
  openUpdateDialog,
  pick,
  save,
  uniqueName,
  withoutGroupList,
} from '../support/groups.ts';
import { listens } from '../support/live.ts';
import { people } from '../support/people.ts';
import { cell, expectNoRow, expectRow, expectRows, row, table } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

/** What is promised: two seconds. On top of that the time that two browsers on a busy machine take to draw. */
const SOON = { timeout: 2_000 + 3_000 };

/** Opens the groups with `search` in the browser of somebody else who listens. */
async function watch(page: Page, search: string): Promise<Locator> {
  const listening = listens(page, alder);
  const groups = await openGroups(page, search);
  await listening;
  return groups;
}

/** Marks the document, so that a page that was loaded anew shows. */
async function mark(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => document.body.setAttribute('data-marked', ''));
  return async () => expect(page.locator('body')).toHaveAttribute('data-marked', '');
}

/** Takes the page out of sight, or brings it back, as another tab of the browser does. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, hidden);
}

test.describe('a change by somebody else', () => {
  test('appears in the table: added, renamed, deleted', async ({ page, getPageAsUser }) => {
    const name = uniqueName('Live');
    const other = await getPageAsUser(people.alderViewer);
    const seen = await watch(other, name);
    const sameDocument = await mark(other);
    await openGroups(page, name);

    await addGroup(page, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    await expect(row(seen, name)).toBeVisible(SOON);
    await expectRow(seen, { 'Group Name': name, 'Group Members': '1', Owner: 'Aaliyah Abbott' });

    const renamed = `${name} renamed`;
    const opened = await openUpdateDialog(page, name);
    await opened.getByLabel('Group name').fill(renamed);
    await save(opened);
    await expect(row(seen, renamed)).toBeVisible(SOON);
    await expect(row(seen, name)).toHaveCount(0);

    const asked = await openDeleteDialog(page, renamed);
    await asked.getByRole('button', { name: 'Delete group' }).click();
    await expect(row(seen, renamed)).toHaveCount(0, SOON);
    await sameDocument();
  });

  test('leaves search, focus and page as they are', async ({ page, getPageAsUser }) => {
    const word = uniqueName('Quiet');
    await openGroups(page, word);
    await addGroup(page, { name: `${word} b`, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    const other = await getPageAsUser(people.alderViewer);
    const seen = await watch(other, word);
    await other.getByRole('searchbox').focus();
    await addGroup(page, { name: `${word} a`, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    await expect(row(seen, `${word} a`)).toBeVisible(SOON);
    await expect(other.getByRole('searchbox')).toBeFocused();
    await expect(other.getByRole('searchbox')).toHaveValue(word);
    await expect(seen.getByRole('rowheader')).toHaveText([`${word} a`, `${word} b`]);
  });

  test('appears where the server answers because the list is not there', async ({ page, getPageAsUser, quiet }) => {
    const name = uniqueName('Long list');
    const other = await getPageAsUser(people.alderViewer);
    await withoutGroupList(other, quiet);
    const seen = await watch(other, name);
    await openGroups(page, name);
    await addGroup(page, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    await expect(row(seen, name)).toBeVisible(SOON);
  });

  test('that cannot be read leaves the rows where they are, and is told above them', async ({
    page,
    getPageAsUser,
    quiet,
  }) => {
    const word = uniqueName('Kept');
    const names = [`${word} a`, `${word} b`] as const;
    await openGroups(page, word);
    await addGroup(page, { name: names[0], owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    const other = await getPageAsUser(people.alderViewer);
    await withoutGroupList(other, quiet);
    const seen = await watch(other, word);
    await other.route('**/rpc/sms_group/list?*', (route) => route.abort());
    await addGroup(page, { name: names[1], owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    const told = other.getByRole('main').getByRole('alert');
    await expect(told).toContainText('The table could not be loaded', SOON);
    await expect(told).toBeInViewport({ ratio: 1 });
    await expectRows(seen, [names[0]]);
    await other.unroute('**/rpc/sms_group/list?*');
    await told.getByRole('button', { name: 'Try again' }).click();
    await expectRows(seen, [...names]);
    await expect(told).toHaveCount(0);
  });
});

test.describe('an open dialog', () => {
  test('keeps what was typed and says that the group was changed', async ({ page, getPageAsUser }) => {
    const { name } = await addGroupAlone(page, { members: ['Björn Brandt'] });
    const mine = await openUpdateDialog(page, name);
    await mine.getByLabel('Group name').fill(`${name} mine`);

    const other = await getPageAsUser(people.adminOfBoth);
    await addMember(other, name, 'Camila Castillo');

    const notice = mine.getByRole('status').filter({ hasText: 'Somebody else has just changed this group' });
    await expect(notice).toBeVisible(SOON);
    await expect(mine.getByLabel('Group name')).toHaveValue(`${name} mine`);
    await expect(mine.getByLabel('Group name')).toBeFocused();
    await expect(mine.getByRole('button', { name: 'Save' })).toBeEnabled();

    await notice.getByRole('button', { name: 'Show their changes' }).click();
    await expect(notice).toBeHidden();
    await expect(mine.getByText('They added Camila Castillo.')).toBeVisible();
    await mine.getByRole('button', { name: 'Apply my changes to their version' }).click();
    await expect(mine.getByLabel('Group name')).toHaveValue(`${name} mine`);
    await expect(chosen(mine, 'Members')).toHaveText(['Björn Brandt', 'Camila Castillo']);
    await save(mine);
    await expect(mine).toBeHidden();
    await expectRow(groupsTable(page), { 'Group Name': `${name} mine`, 'Group Members': '2' });
  });

  test('says that the group was deleted, and saves nothing', async ({ page, getPageAsUser }) => {
    const { name } = await addGroupAlone(page);
    const mine = await openUpdateDialog(page, name);
    await mine.getByLabel('Group name').fill(`${name} mine`);

    const other = await getPageAsUser(people.adminOfBoth);
    await openGroups(other, name);
    const asked = await openDeleteDialog(other, name);
    await asked.getByRole('button', { name: 'Delete group' }).click();
    await expect(asked).toBeHidden();

    await expect(mine.getByRole('alert')).toContainText('Somebody else has deleted this group', SOON);
    await expect(mine.getByLabel('Group name')).toHaveValue(`${name} mine`);
    await expect(mine.getByRole('button', { name: 'Save' })).toBeDisabled();
    await expect(mine.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(
      'This group has been deleted.',
    );
    await expectAccessibleInBothThemes(page);
    await expectNoRow(groupsTable(page), name);
  });

  test('about deleting shows what that does now', async ({ page, getPageAsUser }) => {
    const { name } = await addGroupAlone(page, { members: ['Björn Brandt'], numbers: 1 });
    const asked = await openDeleteDialog(page, name);
    await expect(asked.getByText('Björn Brandt stops receiving')).toBeVisible();

    const other = await getPageAsUser(people.adminOfBoth);
    await addMember(other, name, 'Camila Castillo');

    await expect(asked.getByText('2 members stop receiving')).toBeVisible(SOON);
    await expect(asked.getByText('Somebody else has just changed this group.')).toBeVisible();
    await asked.getByRole('button', { name: 'Delete group' }).click();
    await expect(asked).toBeHidden();
    await expectNoRow(groupsTable(page), name);
  });

  test('takes its own change for no news', async ({ page }) => {
    const { name } = await addGroupAlone(page);
    const opened = await openUpdateDialog(page, name);
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/rpc/sms_group/update', async (route) => {
      const answer = await route.fetch();
      await released;
      await route.fulfill({ response: answer });
    });
    await pick(opened, 'Members', 'Camila Castillo');
    // The page hears of the change before it has the answer.
    const heard = page.waitForResponse((answer) => answer.url().includes('/rpc/sms_group/get'));
    await save(opened);
    await heard;
    await expect(opened.getByText('Somebody else')).toBeHidden();
    release();
    await expect(opened).toBeHidden();
    await expectRow(groupsTable(page), { 'Group Name': name, 'Group Members': '2' });
  });
});

test('what the command line imports appears', async ({ page, portal }) => {
  const listening = listens(page, alder);
  await page.goto(smsTab(alder, 'carriers'));
  await listening;
  const carriers = table(page, 'Carrier profiles');
  const first = carriers.getByRole('row').nth(1);
  const profile = await (await cell(first, carriers, 'Carrier Profile')).innerText();
  const count = await cell(first, carriers, 'Numbers');
  const before = Number(await count.innerText());
  const file = join(portal.folder, 'numbers.csv');
  await writeFile(file, `Number,SMS,Carrier Profile\n+12025550${Math.floor(100 + Math.random() * 99)},yes,${profile}\n`);
  await portal.run('import', 'numbers', file, '--enterprise', alder);
  await expect(count).toHaveText(String(before + 1), SOON);
});

test('a page catches up after the server was restarted', async ({ page, portal, getPageAsUser, quiet }) => {
  // While the server is away the browser reports each try.
  quiet.expectMessage(/Failed to load resource: net::.* \(.*\/rpc\/(live|sms_group)\//);
  quiet.expectMessage(/the list could not be taken over: The portal could not be reached/);
  const name = uniqueName('Restart');
  const other = await getPageAsUser(people.alderViewer);
  const seen = await watch(other, name);
  const sameDocument = await mark(other);
  const listening = listens(other, alder);
  await portal.restart();
  await openGroups(page, name);
  await addGroup(page, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
  await listening;
  await expect(row(seen, name)).toBeVisible(SOON);
  await sameDocument();
});

test('a page out of sight gives up its stream, and catches up when it is seen again', async ({ page, getPageAsUser }) => {
  const name = uniqueName('Unseen');
  const other = await getPageAsUser(people.alderViewer);
  await other.clock.install();
  const seen = await watch(other, name);
  const sameDocument = await mark(other);
  const givenUp = other.waitForEvent('requestfailed', (request) => request.url().includes('/rpc/live/'));
  await setHidden(other, true);
  await other.clock.fastForward(5_000);
  await givenUp;

  await openGroups(page, name);
  await addGroup(page, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
  // A stream that tells nothing: what appears has been read again because there was no stream for a while.
  await other.route('**/rpc/live/**', (route) =>
    route.fulfill({ contentType: 'text/event-stream', body: 'retry: 60000\n\n' }),
  );
  const listening = listens(other, alder);
  await setHidden(other, false);
  await listening;
  await expect(row(seen, name)).toBeVisible(SOON);
  await sameDocument();
});

test('a page that is older than the server asks to be loaded again, and asks the server nothing more', async ({ page }) => {
  const asked: string[] = [];
  // As a server of another build answers; the stream itself is tested there.
  await page.route('**/rpc/live/**', (route) =>
    route.fulfill({ contentType: 'text/event-stream', body: 'retry: 10\ndata: outdated\n\n' }),
  );
  page.on('request', (request) => {
    if (request.url().includes('/rpc/live/')) {
      asked.push(request.url());
    }
  });
  await openGroups(page);
  const notice = page.getByRole('alert').filter({ hasText: 'The portal has been updated' });
  await expect(notice).toBeInViewport();
  await expectAccessibleInBothThemes(page);
  // Out of sight and back, a page would listen again.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatch(/\?form=[0-9a-f]{8}$/);

  await page.unroute('**/rpc/live/**');
  const listening = listens(page, alder);
  await notice.getByRole('link', { name: 'Reload the page' }).click();
  await listening;
  await expect(groupsTable(page)).toBeVisible();
  await expect(notice).toBeHidden();
});
