// Importing the numbers that a carrier lists: the choice of a profile, and why a carrier lists nothing.
import { expect, test } from '../fixtures/test.ts';
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts';
import { alder } from '../support/addresses.ts';
import { addProfile } from '../support/carriers.ts';
import { uniqueName } from '../support/groups.ts';
import { field, importPage, listButton, listNumbers } from '../support/imports.ts';
import { ONLY_TO_LOOK, people } from '../support/people.ts';
import { shownAndCarried } from '../support/postcard.ts';

test.use({ person: people.provider, database: 'changed' });

test('carriers that can list numbers are offered beside the file', async ({ page }) => {
  await page.goto(importPage(alder, 'numbers'));
  await expect(page.getByRole('heading', { name: 'Import from carrier' })).toBeVisible();
  const offered = field(page, 'Carrier profile').getByRole('option');
  await expect(offered.filter({ hasText: 'Main NetSapiens (NetSapiens)' })).toHaveCount(1);
  await expect(offered.filter({ hasText: 'SkySwitch West (SkySwitch)' })).toHaveCount(1);
  await expect(offered.filter({ hasText: 'Bandwidth' })).toHaveCount(0);
  await expect(listButton(page)).toBeDisabled();
  await expect(listButton(page)).toHaveAccessibleDescription('Choose a carrier profile first.');
  await expectAccessible(page);
});

test('a profile without credentials lists nothing, and the page says why', async ({ page, quiet }) => {
  quiet.expectAnswer(409);
  const name = uniqueName('Profile');
  await addProfile(page, name);
  await page.goto(importPage(alder, 'numbers'));
  await listNumbers(page, `${name} (NetSapiens)`);
  await expect(page.getByRole('alert')).toHaveText(/^\s*This carrier profile has no credentials yet\.\s*$/);
  await expect(listButton(page)).toBeEnabled();
  await expectAccessible(page);
});

test('a carrier that cannot be reached is told', async ({ page, quiet }) => {
  quiet.expectAnswer(409);
  const name = uniqueName('Profile');
  // The name is set aside for hosts that do not exist.
  await addProfile(page, name, { host: 'carrier.invalid', key: 'a-secret-of-the-test' });
  await page.goto(importPage(alder, 'numbers'));
  await listNumbers(page, `${name} (NetSapiens)`);
  // Some networks answer for every name, or not at all.
  const reason = /^\s*The carrier('s host cannot be reached|'s host has a private address| did not answer)/;
  await expect(page.getByRole('alert')).toHaveText(reason, { timeout: 25_000 });
  expect(await shownAndCarried(page)).not.toContain('a-secret-of-the-test');
});

test('people come from files only', async ({ page }) => {
  await page.goto(importPage(alder, 'users'));
  await expect(page.getByRole('heading', { name: 'Upload a file' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Import from carrier' })).toHaveCount(0);
});

test.describe('390 px', () => {
  test.use({ viewport: { width: 390, height: 800 } });

  test('nothing sticks out', async ({ page }) => {
    await page.goto(importPage(alder, 'numbers'));
    await expect(listButton(page)).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
});

test.describe('a viewer', () => {
  test.use({ person: people.alderViewer });

  test('is told why no carrier can be asked', async ({ page }) => {
    await page.goto(importPage(alder, 'numbers'));
    await expect(listButton(page)).toBeDisabled();
    await expect(listButton(page)).toHaveAccessibleDescription(ONLY_TO_LOOK);
  });
});
