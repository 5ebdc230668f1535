// What a provider does: adding an enterprise, inviting, switching, suspending, answering.
import type { Locator, Page } from '@playwright/test';

import { expect, hydrated, signedOut, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { alder, smsTab } from '../support/addresses.ts';
import {
  detail,
  domainAction,
  domainState,
  openDomainDetails,
  openDomains,
  openRequest,
} from '../support/domains.ts';
import {
  addGroupAlone,
  chosen,
  dialog,
  expectNotice,
  openAddDialog,
  openGroups,
  openUpdateDialog,
  pick,
  question,
  save,
  uniqueName,
} from '../support/groups.ts';
import { listens } from '../support/live.ts';
import { numbersPage } from '../support/numbers.ts';
import { people } from '../support/people.ts';
import {
  accountsOf,
  accountsTable,
  addEnterprise,
  confirmSuspension,
  consolePages,
  enterprisesTable,
  invite,
  openSettings,
  requestsTable,
  takeLink,
} from '../support/provider.ts';
import { trySignIn } from '../support/sign-in.ts';
import { expectRow, row } from '../support/tables.ts';

test.use({ person: people.provider, database: 'changed' });

/** What is promised: two seconds. On top of that the time that two browsers on a busy machine take to draw. */
const SOON = { timeout: 2_000 + 3_000 };
const PASSWORD = 'correct horse battery';

/** The rows of the provider's queue with what is asked for a domain and not answered yet. */
function openRequests(page: Page, domain: string): Locator {
  return requestsTable(page).getByRole('row').filter({ hasText: domain }).filter({ hasText: 'Open' });
}

/** Has the admin of Alder ask for a domain, unless another test has done so already; expects it in the provider's queue. */
async function expectOpenRequest(page: Page, admin: Page, domain: string): Promise<void> {
  if (await domainAction(admin, 'Request re-subscription', domain).isEnabled()) {
    const asked = await openRequest(admin, domain);
    await asked.getByRole('button', { name: 'Send request' }).click();
    await expect(asked).toBeHidden();
  }
  await expect(openRequests(page, domain)).toBeVisible(SOON);
}

async function openAnswer(page: Page, domain: string): Promise<Locator> {
  await openRequests(page, domain).getByRole('link', { name: `Answer request for ${domain}` }).click();
  return dialog(page, 'Answer request');
}

test('an enterprise from its first day to its suspension', async ({ page, browser, baseURL, quiet }) => {
  const name = uniqueName('Dogwood');
  await page.goto('/provider');
  const slug = await addEnterprise(page, name);
  expect(slug).toBe(name.toLowerCase().replace(' ', '-'));
  await expectNotice(page, `${name} added.`);
  await expectRow(enterprisesTable(page), { Name: name, State: 'Active', SMS: 'Off', Users: '0' });

  const email = `${slug}@company.example`;
  await page.goto(accountsOf(slug));
  const link = await invite(page, email, 'Admin');
  await expectRow(accountsTable(page), { 'E-mail address': email, Role: 'Admin', State: /^Invited/ });

  const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), storageState: signedOut });
  const theirs = await context.newPage();
  quiet.watch(theirs);
  await theirs.goto(link);
  await hydrated(theirs);
  await expect(theirs.getByText(`You are invited to ${name} as admin.`)).toBeVisible();
  await theirs.getByLabel('Your name').fill('Dana Reyes');
  await theirs.getByLabel('New password').fill(PASSWORD);
  await theirs.getByRole('button', { name: 'Join' }).click();
  await expect(theirs).toHaveURL(smsTab(slug, 'general'));
  await expect(theirs.getByText('SMS is off')).toBeVisible();
  const bar = theirs.getByRole('banner');
  await expect(bar.getByRole('link', { name: 'Users' })).toBeVisible();
  await expect(bar.getByRole('link', { name: 'Numbers' })).toHaveCount(0);
  await expect(bar.getByText('Services')).toHaveCount(0);
  await theirs.goto(numbersPage(slug));
  await expect(theirs.getByText('SMS is off')).toBeVisible();
  await expect(theirs.getByText(/Ask Northwind Voice .* to turn it on\.$/)).toBeVisible();
  await expectAccessibleInBothThemes(theirs);
  await theirs.goto(smsTab(slug, 'general'));
  await expectRow(accountsTable(page), { 'E-mail address': email, Person: 'Dana Reyes', State: 'Active' });

  await page.goto('/provider');
  const listening = listens(theirs, slug);
  await theirs.reload();
  await listening;
  await hydrated(theirs);
  await theirs.evaluate(() => document.body.setAttribute('data-marked', ''));
  const settings = await openSettings(page, name);
  await settings.getByRole('checkbox', { name: 'SMS', exact: true }).check();
  await save(settings);
  await expectNotice(page, `${name} updated.`);
  const tabs = theirs.getByRole('navigation', { name: 'SMS settings' });
  await expect(tabs.getByRole('link')).toHaveText(['General', 'Groups'], SOON);
  await expect(bar.getByRole('link', { name: 'Numbers' })).toBeVisible();
  await expect(theirs.locator('body')).toHaveAttribute('data-marked', '');

  quiet.expectAnswer(404);
  expect(await confirmSuspension(page, 'Suspend', name)).toContain('nothing is deleted');
  await expectRow(enterprisesTable(page), { Name: name, State: 'Suspended' });
  await expect(theirs.getByRole('heading', { name: 'Not found' })).toBeVisible(SOON);
  await confirmSuspension(page, 'Resume', name);
  await theirs.goto(smsTab(slug, 'groups'));
  await hydrated(theirs);
  await expect(tabs.getByRole('link')).toHaveText(['General', 'Groups']);
  // Nothing is there yet, and the first step is offered.
  await expect(theirs.getByRole('main')).toContainText('No groups yet');
  await expectAccessibleInBothThemes(theirs);
  await theirs.getByRole('main').getByRole('button', { name: 'Add SMS Group' }).last().click();
  await expect(dialog(theirs, 'Add SMS Group')).toBeVisible();
  await context.close();
});

test('a link works once, and a reset ends what was before', async ({ page, browser, baseURL, quiet }) => {
  quiet.expectAnswer(410);
  quiet.expectAnswer(422);
  const name = uniqueName('Elm');
  await page.goto('/provider');
  const slug = await addEnterprise(page, name);
  const email = `${slug}@company.example`;
  await page.goto(accountsOf(slug));
  const first = await invite(page, email, 'Viewer');
  const second = await invite(page, email, 'Viewer');
  const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), storageState: signedOut });
  const theirs = await context.newPage();
  quiet.watch(theirs);

  await theirs.goto(first);
  await expect(theirs.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
  await theirs.goto(second);
  await hydrated(theirs);
  await expectAccessibleInBothThemes(theirs);
  await theirs.getByLabel('Your name').fill('Eli Moran');
  await theirs.getByLabel('New password').fill('too short');
  await theirs.getByRole('button', { name: 'Join' }).click();
  await expect(theirs.getByLabel('New password')).toHaveAttribute('aria-invalid', 'true');
  await theirs.getByLabel('New password').fill(PASSWORD);
  await theirs.getByRole('button', { name: 'Join' }).click();
  await expect(theirs).toHaveURL(smsTab(slug, 'general'));

  await row(accountsTable(page), email).getByRole('link', { name: 'Reset password Eli Moran' }).click();
  const asked = question(page, 'Reset the password of Eli Moran?');
  await expectAccessibleInBothThemes(page);
  await asked.getByRole('button', { name: 'Reset password' }).click();
  const reset = await takeLink(page);
  await expectRow(accountsTable(page), { 'E-mail address': email, State: 'Password reset' });
  await theirs.goto('/sign-in');
  await hydrated(theirs);
  await trySignIn(theirs, email, PASSWORD);
  await expect(theirs.getByRole('alert')).toHaveText('The e-mail address or the password is wrong.');
  await theirs.goto(reset);
  await hydrated(theirs);
  await theirs.getByLabel('New password').fill('another long password');
  await theirs.getByRole('button', { name: 'Set a new password' }).click();
  await expect(theirs).toHaveURL(smsTab(slug, 'general'));
  await theirs.goto(reset);
  await expect(theirs.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
  await context.close();
});

test('invitations are withdrawn, accounts disabled and enabled', async ({ page }) => {
  const name = uniqueName('Fir');
  await page.goto('/provider');
  const slug = await addEnterprise(page, name);
  await page.goto(accountsOf(slug));
  const email = `${slug}@company.example`;
  await invite(page, email, 'Admin');
  await row(accountsTable(page), email).getByRole('link', { name: `Withdraw ${email}` }).click();
  await question(page, `Withdraw the invitation of ${email}?`).getByRole('button', { name: 'Withdraw' }).click();
  await expectNotice(page, `Invitation of ${email} withdrawn.`);
  await expect(page.getByText('Nobody can sign in yet')).toBeVisible();

  await page.goto(accountsOf('borealis-freight'));
  const viewer = people.borealisViewer;
  const accounts = accountsTable(page);
  await row(accounts, viewer.email).getByRole('link', { name: `Disable ${viewer.name}` }).click();
  await question(page, `Disable ${viewer.name}?`).getByRole('button', { name: 'Disable' }).click();
  await expectRow(accounts, { 'E-mail address': viewer.email, State: 'Disabled' });
  await row(accounts, viewer.email).getByRole('link', { name: `Enable ${viewer.name}` }).click();
  await question(page, `Enable ${viewer.name}?`).getByRole('button', { name: 'Enable' }).click();
  await expectRow(accounts, { 'E-mail address': viewer.email, State: 'Active' });
});

test('a request is answered, and the enterprise reads the answer', async ({ page, getPageAsUser, quiet }) => {
  quiet.expectAnswer(422);
  const domain = 'west.alder.example';
  const admin = await getPageAsUser(people.alderAdmin);
  await openDomains(admin);
  await page.goto(consolePages.requests);
  await expectOpenRequest(page, admin, domain);
  const opened = await openAnswer(page, domain);
  await opened.getByLabel('Answer').selectOption('Declined');
  await expectAccessibleInBothThemes(page);
  await opened.getByRole('button', { name: 'Send answer' }).click();
  await expect(opened.getByText('Say why, so that the enterprise knows what to do.')).toBeVisible();
  await opened.getByLabel('What you say about it').fill('The contract has ended');
  await opened.getByRole('button', { name: 'Send answer' }).click();
  await expectNotice(page, `Request for ${domain} answered.`);
  await expect(openRequests(page, domain)).toHaveCount(0);
  await expect(await domainState(admin, domain)).toContainText('Request declined: The contract has ended', SOON);
});

test('a request that is done is answered with the provider’s words or without, and can be sent again', async ({ page, getPageAsUser }) => {
  // No carrier is reached here, so it stays expired and keeps what was answered.
  const domain = 'records.alder.example';
  const admin = await getPageAsUser(people.alderAdmin);
  await openDomains(admin);
  await page.goto(consolePages.requests);
  for (const [text, told] of [
    ['Messages arrive again from noon on', 'Request answered: Messages arrive again from noon on'],
    ['', 'Request answered: done'],
  ] as const) {
    await expectOpenRequest(page, admin, domain);
    await expect(await domainState(admin, domain)).toContainText('Re-subscription requested');
    const opened = await openAnswer(page, domain);
    await opened.getByLabel('Answer').selectOption('Done');
    await opened.getByLabel('What you say about it').fill(text);
    await opened.getByRole('button', { name: 'Send answer' }).click();
    await expect(opened).toBeHidden();
    await expect(openRequests(page, domain)).toHaveCount(0);

    await expect(await domainState(admin, domain)).toContainText(told, SOON);
    await expect(domainAction(admin, 'Request re-subscription', domain)).toBeEnabled();
    const details = await openDomainDetails(admin, domain);
    await expect(await detail(details, 'Last request')).toContainText(told);
    await expect(await detail(details, 'Last request')).toContainText(`Sent by ${people.alderAdmin.name}`);
    await expectAccessibleInBothThemes(admin);
    await admin.keyboard.press('Escape');
    await expect(details).toBeHidden();
  }
});

test('contact details are live on the General tab', async ({ page, getPageAsUser }) => {
  const phone = `+1 206 555 0${Math.floor(100 + Math.random() * 900)}`;
  const viewer = await getPageAsUser(people.alderViewer);
  const listening = listens(viewer, alder);
  await viewer.goto(smsTab(alder, 'general'));
  await listening;
  await page.goto(consolePages.contact);
  await page.getByLabel('Phone number').fill(phone);
  await page.getByRole('button', { name: 'Save' }).click();
  await expectNotice(page, 'Contact details saved.');
  await expect(viewer.getByRole('main').getByRole('link', { name: phone })).toBeVisible(SOON);
});

test.describe('a dialog in which somebody types is not taken away', () => {
  /** What the dialog says about the page around it. */
  function told(opened: Locator): Locator {
    return opened.getByRole('status').filter({ hasText: 'Settings of this enterprise have changed.' });
  }

  /** A tab of the open page, which is not loaded anew by it. */
  async function showTab(page: Page, tab: 'General' | 'Groups'): Promise<void> {
    await page.getByRole('navigation', { name: 'SMS settings' }).getByRole('link', { name: tab }).click();
  }

  async function discard(page: Page): Promise<void> {
    await page.keyboard.press('Escape');
    await question(page, 'Discard your changes?').getByRole('button', { name: 'Discard' }).click();
  }

  test('by other contact details, which show once it is saved', async ({ page, getPageAsUser }) => {
    const name = uniqueName('Typed');
    const phone = `+1 206 555 2${Math.floor(100 + Math.random() * 900)}`;
    const admin = await getPageAsUser(people.alderAdmin);
    const listening = listens(admin, alder);
    await openGroups(admin, name);
    await listening;
    await admin.evaluate(() => document.body.setAttribute('data-marked', ''));
    const opened = await openAddDialog(admin);
    await opened.getByLabel('Group name').fill(name);
    await pick(opened, 'Team owner', 'Aaliyah Abbott');
    await pick(opened, 'Members', 'Björn Brandt');

    await page.goto(consolePages.contact);
    await page.getByLabel('Phone number').fill(phone);
    await page.getByRole('button', { name: 'Save' }).click();
    await expectNotice(page, 'Contact details saved.');

    await expect(told(opened)).toBeVisible(SOON);
    await expect(opened.getByLabel('Group name')).toHaveValue(name);
    await expect(chosen(opened, 'Members')).toHaveText(['Björn Brandt']);
    // Closes the list of people.
    await opened.getByLabel('Group name').focus();
    await expectAccessibleInBothThemes(admin);
    await save(opened);
    await expect(opened).toBeHidden();
    await expectNotice(admin, `Group ${name} added.`);
    await showTab(admin, 'General');
    await expect(admin.getByRole('main').getByRole('link', { name: phone })).toBeVisible();
    await expect(admin.locator('body')).toHaveAttribute('data-marked', '');
  });

  test('by a switch, which shows once it is closed', async ({ page, getPageAsUser }) => {
    const admin = await getPageAsUser(people.alderAdmin);
    const listening = listens(admin, alder);
    const { name } = await addGroupAlone(admin);
    await listening;
    await admin.evaluate(() => document.body.setAttribute('data-marked', ''));
    const opened = await openUpdateDialog(admin, name);
    await opened.getByLabel('Group name').fill(`${name} mine`);

    await page.goto(consolePages.enterprises);
    const off = await openSettings(page, 'Alder Clinics');
    await off.getByRole('checkbox', { name: 'Group Texting' }).uncheck();
    await save(off);
    await expect(off).toBeHidden();

    await expect(told(opened)).toBeVisible(SOON);
    await expect(opened.getByLabel('Group name')).toHaveValue(`${name} mine`);
    await discard(admin);
    await expect(opened).toBeHidden();
    await showTab(admin, 'General');
    const texting = admin.getByRole('definition').first();
    await expect(texting).toHaveText('Off');

    const on = await openSettings(page, 'Alder Clinics');
    await on.getByRole('checkbox', { name: 'Group Texting' }).check();
    await save(on);
    await expect(on).toBeHidden();
    await expect(texting).toHaveText('On', SOON);
    await expect(admin.locator('body')).toHaveAttribute('data-marked', '');
  });

  test('by the end of SMS, to which it leads once it is closed', async ({ page, getPageAsUser }) => {
    const name = uniqueName('Gorse');
    await page.goto(consolePages.enterprises);
    const slug = await addEnterprise(page, name);
    const on = await openSettings(page, name);
    await on.getByRole('checkbox', { name: 'SMS', exact: true }).check();
    await save(on);
    await expect(on).toBeHidden();

    const visitor = await getPageAsUser(people.provider);
    const listening = listens(visitor, slug);
    await visitor.goto(smsTab(slug, 'groups'));
    await listening;
    const opened = await openAddDialog(visitor);
    await opened.getByLabel('Group name').fill('Night shift');

    const off = await openSettings(page, name);
    await off.getByRole('checkbox', { name: 'SMS', exact: true }).uncheck();
    await save(off);
    await expect(off).toBeHidden();

    await expect(told(opened)).toBeVisible(SOON);
    await expect(opened.getByLabel('Group name')).toHaveValue('Night shift');
    await discard(visitor);
    await expect(visitor.getByText('SMS is off')).toBeVisible();
    await expect(opened).toHaveCount(0);
  });
});

test('loading contact details again drops what was typed', async ({ page, getPageAsUser, quiet }) => {
  const theirs = `+1 206 555 1${Math.floor(100 + Math.random() * 900)}`;
  await page.goto(consolePages.contact);
  const other = await getPageAsUser(people.provider);
  await other.goto(consolePages.contact);
  await other.getByLabel('Phone number').fill(theirs);
  await other.getByRole('button', { name: 'Save' }).click();
  await expectNotice(other, 'Contact details saved.');

  quiet.expectAnswer(409);
  await page.getByLabel('Phone number').fill('+1 206 555 0999');
  await page.getByRole('button', { name: 'Save' }).click();
  const outdated = page.getByText('Somebody else has changed this in the meantime.');
  await expect(outdated).toBeVisible();
  await page.getByRole('button', { name: 'Load again' }).click();
  await expect(outdated).toBeHidden();
  await expect(page.getByLabel('Phone number')).toHaveValue(theirs);
});
