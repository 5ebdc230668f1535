// Carrier profiles as their provider keeps them, on the pages of the enterprise.
import type { Page } from '@playwright/test';

import { expect, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { alder, borealis, smsTab } from '../support/addresses.ts';
import { addProfile, openAddProfile, profileAction, profilesTable } from '../support/carriers.ts';
import { dialog, expectNotice, question, save, uniqueName } from '../support/groups.ts';
import { listens } from '../support/live.ts';
import { people } from '../support/people.ts';
import { shownAndCarried } from '../support/postcard.ts';

test.use({ person: people.provider, database: 'changed' });

/** What is promised: two seconds. On top of that the time that two browsers on a busy machine take to draw. */
const SOON = { timeout: 2_000 + 3_000 };

/** Saves another host of a profile, as somebody else does meanwhile. */
async function changeHost(page: Page, name: string, host: string): Promise<void> {
  await page.goto(smsTab(alder, 'carriers', { search: name }));
  await profileAction(page, name, 'Update').click();
  const opened = dialog(page, 'Update Carrier Profile');
  await opened.getByLabel('Host').fill(host);
  await save(opened);
  await expect(opened).toBeHidden();
}

test('a profile is added, and its secret is set but never shown', async ({ page }) => {
  const name = uniqueName('Profile');
  await addProfile(page, name, { key: 'a-secret-of-the-test' });
  await expect(profilesTable(page)).toContainText(name);
  await profileAction(page, name, 'Update').click();
  const opened = dialog(page, 'Update Carrier Profile');
  await expect(opened.getByText(/^Set on/)).toBeVisible();
  await expect(opened.getByLabel('API key')).toHaveValue('');
  await expect(opened.getByLabel('API key')).toHaveAttribute('type', 'password');
  expect(await shownAndCarried(page)).not.toContain('a-secret-of-the-test');
  await expectAccessibleInBothThemes(page);
});

test('an open profile says that somebody else has changed it, then that it is deleted', async ({ page, getPageAsUser }) => {
  const name = uniqueName('Profile');
  const listening = listens(page, alder);
  await addProfile(page, name);
  await listening;
  await profileAction(page, name, 'Update').click();
  const mine = dialog(page, 'Update Carrier Profile');
  await mine.getByLabel('Profile name').fill(`${name} mine`);

  const other = await getPageAsUser(people.provider);
  await changeHost(other, name, 'api.theirs.example');
  const changed = mine.getByRole('status').filter({ hasText: 'Somebody else has just changed this carrier profile' });
  await expect(changed).toBeVisible(SOON);
  await expect(mine.getByLabel('Profile name')).toHaveValue(`${name} mine`);
  await expectAccessibleInBothThemes(page);
  await changed.getByRole('button', { name: 'Load again' }).click();
  await expect(changed).toBeHidden();
  await expect(mine.getByLabel('Profile name')).toHaveValue(name);
  await expect(mine.getByLabel('Host')).toHaveValue('api.theirs.example');

  await mine.getByLabel('Profile name').fill(`${name} mine`);
  await profileAction(other, name, 'Delete').click();
  const asked = question(other, `Delete carrier profile ${name}?`);
  await asked.getByRole('button', { name: 'Delete profile' }).click();
  await expect(asked).toBeHidden();
  await expect(mine.getByRole('alert')).toContainText('Somebody else has deleted this carrier profile', SOON);
  await expect(mine.getByLabel('Profile name')).toHaveValue(`${name} mine`);
  await expect(mine.getByRole('button', { name: 'Save' })).toBeDisabled();
  await expect(mine.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(
    'This carrier profile has been deleted.',
  );
});

test('a profile that somebody else has saved first is not saved, and can be loaded again', async ({ page, getPageAsUser, quiet }) => {
  quiet.expectAnswer(409);
  // A stream that tells nothing, so that only saving finds it out.
  await page.route('**/rpc/live/**', (route) =>
    route.fulfill({ contentType: 'text/event-stream', body: 'retry: 60000\n\n' }),
  );
  const name = uniqueName('Profile');
  await addProfile(page, name);
  await profileAction(page, name, 'Update').click();
  const mine = dialog(page, 'Update Carrier Profile');
  await mine.getByLabel('Host').fill('api.mine.example');
  const other = await getPageAsUser(people.provider);
  await changeHost(other, name, 'api.theirs.example');

  await save(mine);
  await expect(mine.getByText('Somebody else has just changed this carrier profile')).toBeVisible();
  await expect(mine.getByLabel('Host')).toHaveValue('api.mine.example');
  await mine.getByRole('button', { name: 'Load again' }).click();
  await expect(mine.getByLabel('Host')).toHaveValue('api.theirs.example');
  await mine.getByLabel('Host').fill('api.mine.example');
  await save(mine);
  await expect(mine).toBeHidden();
  await expectNotice(page, `Carrier profile ${name} saved.`);
});

test('what is no bare host is refused beside its field', async ({ page, quiet }) => {
  quiet.expectAnswer(422);
  const opened = await openAddProfile(page);
  await expectAccessibleInBothThemes(page);
  await opened.getByLabel('Profile name').fill(uniqueName('Profile'));
  await opened.getByLabel('Host').fill('https://api.carrier.example/');
  await save(opened);
  await expect(opened.getByLabel('Host')).toHaveAccessibleDescription(/^Enter the host name alone/);
});

test('another carrier asks for other credentials', async ({ page }) => {
  const opened = await openAddProfile(page);
  await expect(opened.getByLabel('API key')).toBeVisible();
  await opened.getByLabel('Carrier', { exact: true }).selectOption('Twilio');
  await expect(opened.getByLabel('API key')).toHaveCount(0);
  await expect(opened.getByText(/^The portal cannot talk to this carrier yet/)).toBeVisible();
});

test('a connection is tested, and the reason told', async ({ page }) => {
  const name = uniqueName('Profile');
  await addProfile(page, name);
  await profileAction(page, name, 'Test connection').click();
  const opened = dialog(page, 'Test connection');
  await expect(opened.getByText('The credentials have not been tried since they were set.')).toBeVisible();
  await opened.getByRole('button', { name: 'Test connection' }).click();
  await expect(opened.getByText('This carrier profile has no credentials yet.')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await opened.getByRole('button', { name: 'Close' }).last().click();
  await expect(opened).toBeHidden();
  await expect(profilesTable(page)).toContainText('Failed');
});

test('a profile that nothing uses is deleted', async ({ page }) => {
  const name = uniqueName('Profile');
  await addProfile(page, name);
  await profileAction(page, name, 'Delete').click();
  const asked = question(page, `Delete carrier profile ${name}?`);
  await expectAccessibleInBothThemes(page);
  await asked.getByRole('button', { name: 'Delete profile' }).click();
  await expect(asked).toBeHidden();
  await expectNotice(page, `Carrier profile ${name} deleted.`);
  await expect(profileAction(page, name, 'Delete')).toHaveCount(0);
});

test('a profile in use is kept, and what uses it is named', async ({ page, quiet }) => {
  quiet.expectAnswer(409);
  await page.goto(smsTab(alder, 'carriers'));
  await profileAction(page, 'Main NetSapiens', 'Delete').click();
  const asked = question(page, 'Delete carrier profile Main NetSapiens?');
  await asked.getByRole('button', { name: 'Delete profile' }).click();
  await expect(asked.getByText(/clinic\.alder\.example.*more numbers/)).toBeVisible();
});

test('profiles are kept also where the provider manages the numbers, and nobody there sees them', async ({ page, getPageAsUser }) => {
  await page.goto(smsTab(borealis, 'carriers'));
  await expect(page.getByText('No carrier profiles yet')).toBeVisible();
  await page.getByRole('button', { name: 'Add Carrier Profile' }).first().click();
  await expect(dialog(page, 'Add Carrier Profile').getByLabel('Profile name')).toBeVisible();
  const admin = await getPageAsUser(people.borealisAdmin);
  await admin.goto(smsTab(borealis, 'carriers'));
  await expect(admin.getByText('This tab is not in use here')).toBeVisible();
  await expect(admin.getByRole('link', { name: 'Carriers' })).toHaveCount(0);
});
