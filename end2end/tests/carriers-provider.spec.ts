// Carrier profiles as their provider keeps them, on the pages of the enterprise.
import { expect, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { alder, borealis, smsTab } from '../support/addresses.ts';
import { addProfile, openAddProfile, profileAction, profilesTable } from '../support/carriers.ts';
import { dialog, expectNotice, question, save, uniqueName } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { shownAndCarried } from '../support/postcard.ts';

test.use({ person: people.provider, database: 'changed' });

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
