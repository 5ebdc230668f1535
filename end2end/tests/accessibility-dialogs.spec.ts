// Dialogs, notices and tables in states that need a change or another person, in both themes, before axe.
import { expect, hydrated, signedOut, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { alder, smsTab } from '../support/addresses.ts';
import {
  addGroupAlone,
  addMember,
  dialog,
  expectNotice,
  openDeleteDialog,
  openGroups,
  openUpdateDialog,
  question,
  uniqueName,
  withoutGroupList,
} from '../support/groups.ts';
import { box, numbersPage, selectionBar } from '../support/numbers.ts';
import { people } from '../support/people.ts';
import { accountsOf, accountsTable, addEnterprise } from '../support/provider.ts';
import { openFilter, row, table } from '../support/tables.ts';

test.use({ database: 'changed' });

test.describe('an admin', () => {
  test.use({ person: people.alderAdmin });

  test('view options and filters of every kind have nothing to report', async ({ page }) => {
    const groups = await openGroups(page, 'front desk');
    await page.getByRole('button', { name: 'View options' }).click();
    await expect(page.getByRole('dialog', { name: 'View options' })).toBeVisible();
    await expectAccessibleInBothThemes(page);
    await page.keyboard.press('Escape');
    await openFilter(groups, 'Group Members');
    await expectAccessibleInBothThemes(page);
    await page.goto(smsTab(alder, 'domains'));
    const domains = table(page, 'Domain subscriptions');
    await openFilter(domains, 'Expiry Date');
    await expectAccessibleInBothThemes(page);
    await page.keyboard.press('Escape');
    await openFilter(domains, 'State');
    await expectAccessibleInBothThemes(page);
  });

  test('a table that could not be loaded has nothing to report', async ({ page, quiet }) => {
    await withoutGroupList(page, quiet);
    await openGroups(page);
    await page.route('**/rpc/sms_group/list*', (route) => route.abort());
    await page.getByRole('searchbox').fill('desk');
    await expect(page.getByText('The table could not be loaded')).toBeVisible();
    await expectAccessibleInBothThemes(page);
  });

  test('notices have nothing to report', async ({ page, quiet }) => {
    quiet.expectMessage(/Failed to load resource/);
    const { name } = await addGroupAlone(page);
    const asked = await openDeleteDialog(page, name);
    await asked.getByRole('button', { name: 'Delete group' }).click();
    await expectNotice(page, `Group ${name} deleted.`);
    await expectAccessibleInBothThemes(page);
    await page.route('**/rpc/sms_group/restore', (route) => route.abort());
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('alert').filter({ hasText: `Group ${name} was not restored.` })).toBeVisible();
    await expectAccessibleInBothThemes(page);
  });

  test('a group that somebody else has changed has nothing to report', async ({ page, getPageAsUser }) => {
    const { name } = await addGroupAlone(page);
    const mine = await openUpdateDialog(page, name);
    await mine.getByLabel('Group name').fill(`${name} mine`);
    const other = await getPageAsUser(people.adminOfBoth);
    await addMember(other, name, 'Camila Castillo');
    const news = mine.getByRole('status').filter({ hasText: 'Somebody else has just changed this group' });
    await expect(news).toBeVisible();
    await expectAccessibleInBothThemes(page);
    await news.getByRole('button', { name: 'Show their changes' }).click();
    await expect(mine.getByText('They added Camila Castillo.')).toBeVisible();
    await expectAccessibleInBothThemes(page);
  });

  test('deleting many numbers has nothing to report', async ({ page }) => {
    const busy = '+1 206 555 0100';
    await page.goto(numbersPage(alder, { search: busy }));
    await box(page, busy).check();
    await selectionBar(page).getByRole('button', { name: 'Delete' }).click();
    const asked = question(page, 'Delete Selected Numbers');
    await expect(asked).toContainText('1 number is selected.');
    await expectAccessibleInBothThemes(page);
    await asked.getByRole('button', { name: 'Delete numbers' }).click();
    await expect(asked).toContainText('No number was deleted.');
    await expectAccessibleInBothThemes(page);
  });
});

test.describe('the provider', () => {
  test.use({ person: people.provider });

  test('dialogs of carrier profiles have nothing to report', async ({ page }) => {
    await page.goto(smsTab(alder, 'carriers'));
    const action = (what: string) => page.getByRole('link', { name: `${what} Main NetSapiens` });
    await action('Update').click();
    const updating = dialog(page, 'Update Carrier Profile');
    await expect(updating.getByLabel('Profile name')).toHaveValue('Main NetSapiens');
    await expectAccessibleInBothThemes(page);
    await page.keyboard.press('Escape');
    await action('Test connection').click();
    await expect(dialog(page, 'Test connection').getByRole('button', { name: 'Test connection' })).toBeVisible();
    await expectAccessibleInBothThemes(page);
  });

  test('dialogs about accounts have nothing to report', async ({ page, browser, baseURL, quiet }) => {
    const viewer = people.alderViewer;
    await page.goto(accountsOf(alder));
    const action = (what: string) =>
      row(accountsTable(page), viewer.email).getByRole('link', { name: `${what} ${viewer.name}` });
    await action('Change role').click();
    await expect(dialog(page, 'Change role').getByLabel('Role')).toBeVisible();
    await expectAccessibleInBothThemes(page);
    await page.keyboard.press('Escape');
    await action('Disable').click();
    await expect(question(page, `Disable ${viewer.name}?`)).toContainText('They are signed out everywhere');
    await expectAccessibleInBothThemes(page);

    await page.goto('/provider');
    const name = uniqueName('Gum');
    const slug = await addEnterprise(page, name);
    await page.goto(accountsOf(slug));
    await expect(page.getByText('Nobody can sign in yet')).toBeVisible();
    await expectAccessibleInBothThemes(page);
    await page.getByRole('button', { name: 'Invite' }).first().click();
    const inviting = dialog(page, /^Invite to /);
    await inviting.getByRole('textbox', { name: 'E-mail address' }).fill(`${slug}@company.example`);
    await inviting.getByRole('button', { name: 'Make link' }).click();
    const link = dialog(page, 'One-time link').getByRole('code');
    await expect(link).toBeVisible();
    await expectAccessibleInBothThemes(page);

    const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), storageState: signedOut });
    const theirs = await context.newPage();
    quiet.watch(theirs);
    await theirs.goto((await link.textContent()) ?? '');
    await hydrated(theirs);
    await expect(theirs.getByText(`You are invited to ${name}`)).toBeVisible();
    await expectAccessibleInBothThemes(theirs);
    await context.close();
  });

  test('every help page has nothing to report', async ({ page }) => {
    test.slow();
    await page.goto('/help/signing-in');
    const topics = page.getByRole('navigation', { name: 'Help topics' }).getByRole('link');
    const addresses = await topics.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(addresses.length).toBeGreaterThan(10);
    for (const address of addresses) {
      await page.goto(address);
      await expectAccessibleInBothThemes(page);
    }
  });
});
