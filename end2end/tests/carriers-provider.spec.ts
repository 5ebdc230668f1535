// Carrier profiles as their provider keeps them, on the pages of the enterprise.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { alder, smsTab } from '../support/addresses.ts';
import { dialog, expectNotice, question, save, uniqueName } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { search, table } from '../support/tables.ts';

test.use({ person: people.provider, database: 'changed' });

function profiles(page: Page): Locator {
  return table(page, 'Carrier profiles');
}

/** A button of the row with that profile. */
function action(page: Page, name: string, what: 'Update' | 'Test connection' | 'Delete'): Locator {
  return profiles(page).getByRole('link', { name: `${what} ${name}` });
}

async function addProfile(page: Page, name: string, key?: string): Promise<void> {
  await page.goto(smsTab(alder, 'carriers'));
  await page.getByRole('button', { name: 'Add Carrier Profile' }).click();
  const opened = dialog(page, 'Add Carrier Profile');
  await opened.getByLabel('Profile name').fill(name);
  await opened.getByLabel('Host').fill('api.carrier.example');
  if (key) {
    await opened.getByLabel('API key').fill(key);
  }
  await save(opened);
  await expect(opened).toBeHidden();
  await expectNotice(page, `Carrier profile ${name} added.`);
  await search(page, name);
}

test('a profile is added, and its secret is set but never shown', async ({ page }) => {
  const name = uniqueName('Profile');
  await addProfile(page, name, 'a-secret-of-the-test');
  await expect(profiles(page)).toContainText(name);
  await action(page, name, 'Update').click();
  const opened = dialog(page, 'Update Carrier Profile');
  await expect(opened.getByText(/^Set on/)).toBeVisible();
  await expect(opened.getByLabel('API key')).toHaveValue('');
  await expect(opened.getByLabel('API key')).toHaveAttribute('type', 'password');
  expect(await page.content()).not.toContain('a-secret-of-the-test');
  await expectAccessibleInBothThemes(page);
});

test('what is no bare host is refused beside its field', async ({ page, quiet }) => {
  quiet.expectAnswer(422);
  await page.goto(smsTab(alder, 'carriers'));
  await page.getByRole('button', { name: 'Add Carrier Profile' }).click();
  const opened = dialog(page, 'Add Carrier Profile');
  await expectAccessibleInBothThemes(page);
  await opened.getByLabel('Profile name').fill(uniqueName('Profile'));
  await opened.getByLabel('Host').fill('https://api.carrier.example/');
  await save(opened);
  await expect(opened.getByLabel('Host')).toHaveAccessibleDescription(/^Enter the host name alone/);
});

test('another carrier asks for other credentials', async ({ page }) => {
  await page.goto(smsTab(alder, 'carriers'));
  await page.getByRole('button', { name: 'Add Carrier Profile' }).click();
  const opened = dialog(page, 'Add Carrier Profile');
  await expect(opened.getByLabel('API key')).toBeVisible();
  await opened.getByLabel('Carrier', { exact: true }).selectOption('Twilio');
  await expect(opened.getByLabel('API key')).toHaveCount(0);
  await expect(opened.getByText(/^The portal cannot talk to this carrier yet/)).toBeVisible();
});

test('a connection is tested, and the reason told', async ({ page }) => {
  const name = uniqueName('Profile');
  await addProfile(page, name);
  await action(page, name, 'Test connection').click();
  const opened = dialog(page, 'Test connection');
  await expect(opened.getByText('The credentials have not been tried since they were set.')).toBeVisible();
  await opened.getByRole('button', { name: 'Test connection' }).click();
  await expect(opened.getByText('This carrier profile has no credentials yet.')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await opened.getByRole('button', { name: 'Close' }).last().click();
  await expect(opened).toBeHidden();
  await expect(profiles(page)).toContainText('Failed');
});

test('a profile that nothing uses is deleted', async ({ page }) => {
  const name = uniqueName('Profile');
  await addProfile(page, name);
  await action(page, name, 'Delete').click();
  const asked = question(page, `Delete carrier profile ${name}?`);
  await expectAccessibleInBothThemes(page);
  await asked.getByRole('button', { name: 'Delete profile' }).click();
  await expect(asked).toBeHidden();
  await expectNotice(page, `Carrier profile ${name} deleted.`);
  await expect(action(page, name, 'Delete')).toHaveCount(0);
});

test('a profile in use is kept, and what uses it is named', async ({ page, quiet }) => {
  quiet.expectAnswer(409);
  await page.goto(smsTab(alder, 'carriers'));
  await action(page, 'Main NetSapiens', 'Delete').click();
  const asked = question(page, 'Delete carrier profile Main NetSapiens?');
  await asked.getByRole('button', { name: 'Delete profile' }).click();
  await expect(asked.getByText(/clinic\.alder\.example.*more numbers/)).toBeVisible();
});
