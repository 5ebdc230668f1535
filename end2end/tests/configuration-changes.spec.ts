// Changes are counted and listed until they are live; at a unified enterprise they are at once.
import { expect, test } from '../fixtures/test.ts';
import { alder, borealis, configuration, smsTab } from '../support/addresses.ts';
import { banner, counted, ledger, liveNumbers } from '../support/configuration.ts';
import { addGroup, groupsTable, openDeleteDialog, openUpdateDialog, pick, save, uniqueName } from '../support/groups.ts';
import { listens } from '../support/live.ts';
import { numbersPage, numbersTable, openAssign } from '../support/numbers.ts';
import { people } from '../support/people.ts';
import { expectRows, row, search } from '../support/tables.ts';

test.use({ database: 'changed' });

test.describe('changes at a legacy enterprise', () => {
  test.use({ person: people.borealisAdmin });

  test('of one’s own are counted at once, and no longer when they are undone', async ({ page }) => {
    const name = uniqueName('Not live');
    await page.goto(smsTab(borealis, 'groups'));
    const before = await counted(page);
    await addGroup(page, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    await expect.poll(() => counted(page)).toBe(before + 1);
    const asked = await openDeleteDialog(page, name);
    await asked.getByRole('button', { name: 'Delete group' }).click();
    await expect(row(groupsTable(page), name)).toHaveCount(0);
    await expect.poll(() => counted(page)).toBe(before);
  });

  test('of whom a number serves are counted too', async ({ page }) => {
    await page.goto(smsTab(borealis, 'groups'));
    const before = await counted(page);
    await page.goto(numbersPage(borealis, { filter: 'services:in:free' }));
    const number = (await numbersTable(page).getByRole('rowheader').first().innerText()).trim();
    const opened = await openAssign(page, number);
    await pick(opened, 'Teams user', 'Fatima Fischer');
    await save(opened);
    await expect(opened).toBeHidden();
    await page.goto(smsTab(borealis, 'groups'));
    await expect.poll(() => counted(page)).toBe(before + 1);
  });

  test('of somebody else are counted and listed in open pages', async ({ page, getPageAsUser }) => {
    const name = uniqueName('Not live');
    const other = await getPageAsUser(people.adminOfBoth);
    const counts = await getPageAsUser(people.borealisAdmin);
    const listening = Promise.all([page, counts].map((open) => listens(open, borealis)));
    await page.goto(configuration(borealis));
    await counts.goto(smsTab(borealis, 'groups'));
    await listening;
    const before = await counted(counts);
    await other.goto(smsTab(borealis, 'groups'));
    await addGroup(other, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    const added = ledger(page).filter({ hasText: `Group ${name} was added` });
    await expect(added).toContainText(/Waiting since \d.+, changed by both@northwind-voice\.example$/);
    await expect.poll(() => counted(counts)).toBe(before + 1);
  });

  test('wait since the first of them, with everybody who took part', async ({ page, getPageAsUser }) => {
    const name = uniqueName('Not live');
    await page.goto(smsTab(borealis, 'groups', { search: name }));
    await addGroup(page, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    const other = await getPageAsUser(people.adminOfBoth);
    await other.goto(smsTab(borealis, 'groups', { search: name }));
    const opened = await openUpdateDialog(other, name);
    await pick(opened, 'Members', 'Fatima Fischer');
    await save(opened);
    await expect(opened).toBeHidden();
    await page.goto(configuration(borealis));
    const [own, theirs] = ['admin@borealisfreight\\.example', 'both@northwind-voice\\.example'];
    const moment = '\\d{1,2} \\w{3} \\d{4}, \\d\\d:\\d\\d';
    await expect(ledger(page).filter({ hasText: `Group ${name} was added` })).toContainText(
      new RegExp(`Waiting since ${moment}, changed by ${own}, ${theirs}; last by ${theirs}, ${moment}$`),
    );
  });
});

test.describe('a change at a unified enterprise', () => {
  test.use({ person: people.alderAdmin });

  test('is a snapshot of its own', async ({ page, getPageAsUser }) => {
    const name = uniqueName('Live');
    const other = await getPageAsUser(people.alderAdmin);
    await other.goto(configuration(alder));
    const number = other.getByRole('definition').first();
    const before = Number(await number.textContent());
    await page.goto(smsTab(alder, 'groups', { search: name }));
    const [taken] = await addGroup(page, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'], numbers: 1 });
    await expect(banner(page)).toHaveCount(0);
    await other.reload();
    await expect.poll(async () => Number(await number.textContent())).toBeGreaterThan(before);
    await expect(other.getByText(`Snapshot ${before}`, { exact: true })).toBeVisible();
    await search(other, name);
    await expectRows(liveNumbers(other), [taken ?? 'a number']);
  });
});
