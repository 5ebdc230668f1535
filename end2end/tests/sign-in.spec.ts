// Signing in and out.
import { randomUUID } from 'node:crypto';

import { expect, signedOut, test } from '../fixtures/test.ts';
import { alder, atTab, borealis, smsTab } from '../support/addresses.ts';
import { groupsTable } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { accountMenu, signIn, trySignIn } from '../support/sign-in.ts';
import { expectRow, table } from '../support/tables.ts';

test('an admin signs in and sees the groups of the enterprise', { tag: '@reading' }, async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveTitle('Sign in · Messaging Portal');
  await signIn(page, people.alderAdmin);
  await expect(page).toHaveURL(atTab(alder, 'groups'));
  await expectRow(table(page, 'SMS groups'), { 'Group Name': 'Front Desk', Owner: 'Aaliyah Abbott' });
});

test('a wrong password and an unknown address get the same clear answer', { tag: '@reading' }, async ({ page, quiet }) => {
  quiet.expectAnswer(422);
  await page.goto('/sign-in');
  for (const email of [people.alderAdmin.email, 'nobody@alderclinics.example']) {
    await trySignIn(page, email, 'not-the-password');
    await expect(page.getByRole('alert')).toHaveText('The e-mail address or the password is wrong.');
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  }
});

test('after several wrong tries one has to wait', { tag: '@reading' }, async ({ page, quiet }) => {
  quiet.expectAnswer(422);
  quiet.expectAnswer(429);
  const email = `${randomUUID()}@alderclinics.example`;
  await page.goto('/sign-in');
  for (let tried = 0; tried < 5; tried++) {
    const answered = page.waitForResponse((answer) => answer.url().includes('/rpc/session/sign_in'));
    await trySignIn(page, email, 'not-the-password');
    await answered;
    await expect(page.getByRole('alert')).toHaveText(/is wrong/);
  }
  await trySignIn(page, email, 'not-the-password');
  await expect(page.getByRole('alert')).toHaveText(/Too many tries\. Wait \d+ seconds, then try again\./);
});

test('signing in leads back to the wanted page', { tag: '@reading' }, async ({ page }) => {
  const wanted = smsTab(alder, 'groups', { search: 'desk', sort: '-name' });
  await page.goto(wanted);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await signIn(page, people.alderAdmin);
  await expect(page).toHaveURL(wanted);
  await expect(page.getByRole('searchbox', { name: 'Search groups' })).toHaveValue('desk');
});

test('signing in never leads to another host', { tag: '@reading' }, async ({ page, portal }) => {
  await page.goto('/sign-in?next=//example.org/');
  await signIn(page, people.alderAdmin);
  await expect(page).toHaveURL(`${portal.address}${smsTab(alder, 'groups')}`);
});

test('signing out ends the session', { tag: '@reading' }, async ({ page }) => {
  await page.goto('/sign-in');
  await signIn(page, people.borealisAdmin);
  // The pages on the way there have the menu too, and take it with them.
  await expect(groupsTable(page)).toBeVisible();
  await accountMenu(page, people.borealisAdmin).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto(smsTab(borealis, 'groups'));
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('signing out everywhere ends the sessions of other browsers', async ({ page, browser, baseURL }) => {
  const elsewhere = await browser.newContext({ ...(baseURL ? { baseURL } : {}), storageState: signedOut });
  const other = await elsewhere.newPage();
  await other.goto('/sign-in');
  await signIn(other, people.borealisViewer);
  await page.goto('/sign-in');
  await signIn(page, people.borealisViewer);

  // The pages on the way there have the menu too, and take it with them.
  await expect(groupsTable(page)).toBeVisible();
  await accountMenu(page, people.borealisViewer).click();
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();

  await other.reload();
  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await elsewhere.close();
});

test('the sign-in page can be used by keyboard and by password managers', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByLabel('E-mail address')).toHaveAttribute('autocomplete', 'username');
  await expect(page.getByLabel('Password')).toHaveAttribute('autocomplete', 'current-password');
  await page.getByLabel('E-mail address').focus();
  await page.keyboard.type(people.alderAdmin.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(people.alderAdmin.password);
  await page.keyboard.press('Enter');
  await expect(accountMenu(page, people.alderAdmin)).toBeVisible();
});
