// API tokens: made, used, listed and revoked, also by the provider.
import type { Locator, Page } from '@playwright/test';

import { expect, hydrated, test } from '../fixtures/test.ts';
import { expectAccessible, expectAccessibleInBothThemes, expectNoSidewaysScroll } from '../support/accessibility.ts';
import { alder } from '../support/addresses.ts';
import { dialog, uniqueName } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { accountsOf, accountsTable } from '../support/provider.ts';
import { accountMenu } from '../support/sign-in.ts';
import { row } from '../support/tables.ts';

const PAGE = '/account/tokens';

function tokens(page: Page): Locator {
  return page.getByRole('list', { name: 'Your API tokens' }).getByRole('listitem');
}

/** Makes a token and gives it back. */
async function make(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Create token' }).click();
  const opened = dialog(page, 'Create token');
  await opened.getByLabel('Name').fill(name);
  await opened.getByRole('button', { name: 'Create token' }).click();
  const secret = opened.getByText(/^mp_[0-9A-Za-z]{40}$/);
  await expect(secret).toBeVisible();
  return (await secret.textContent()) ?? '';
}

// Tokens that are made here would be counted by others.
test.use({ database: 'changed' });

test.describe('an admin', () => {
  test.use({ person: people.alderAdmin });

  test('makes a token, a script uses it, and revoking ends that', async ({ page, request }) => {
    const name = uniqueName('Report');
    await page.goto('/');
    await accountMenu(page, people.alderAdmin).click();
    await page.getByRole('link', { name: 'API tokens' }).click();
    await expect(page).toHaveURL(PAGE);
    const secret = await make(page, name);
    const ask = () =>
      request.get(`/api/v1/enterprises/${alder}/groups?page_size=25`, { headers: { Authorization: `Bearer ${secret}` } });
    const answer = await ask();
    expect(answer.status()).toBe(200);
    expect((await answer.json()).rows.length).toBeGreaterThan(0);

    await dialog(page, 'Create token').getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText(secret)).toHaveCount(0);
    await page.reload();
    const item = tokens(page).filter({ hasText: name });
    await expect(item).toContainText(`mp_…${secret.slice(-4)}`);
    await expect(item).toContainText('Only read, All your enterprises');
    // The last use is written down beside the request.
    await expect
      .poll(async () => {
        await page.reload();
        return item.textContent();
      })
      .toContain('Last used');

    await item.getByRole('button', { name: `Revoke ${name}` }).click();
    const asked = page.getByRole('alertdialog', { name: `Revoke token ${name}?` });
    await expect(asked).toBeVisible();
    await expectAccessibleInBothThemes(page);
    await asked.getByRole('button', { name: 'Revoke' }).click();
    await expect(item).toHaveCount(0);
    expect((await ask()).status()).toBe(401);
  });

  test('is told what is missing', async ({ page, quiet }) => {
    quiet.expectAnswer(422);
    await page.goto(PAGE);
    await page.getByRole('button', { name: 'Create token' }).click();
    const opened = dialog(page, 'Create token');
    await opened.getByRole('button', { name: 'Create token' }).click();
    await expect(opened.getByLabel('Name')).toHaveAccessibleDescription(/Enter what the token is for/);
    await expect(opened.getByLabel('Permissions')).toContainText('Everything an enterprise admin may');
    await expect(opened.getByLabel('Permissions')).not.toContainText('Everything a provider admin may');
  });

  test('makes a token by keyboard', async ({ page }) => {
    await page.goto(PAGE);
    await hydrated(page);
    await page.getByRole('button', { name: 'Create token' }).focus();
    await page.keyboard.press('Enter');
    await expect(dialog(page, 'Create token').getByLabel('Name')).toBeFocused();
    await page.keyboard.type(uniqueName('Keyboard'));
    await page.keyboard.press('Enter');
    await expect(dialog(page, 'Create token').getByText(/^mp_/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Create token' })).toBeFocused();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme });

      test('sees a page and dialogs with nothing to report', async ({ page }) => {
        await page.goto(PAGE);
        await expectAccessible(page);
        await make(page, uniqueName('Accessible'));
        await expectAccessible(page);
        await dialog(page, 'Create token').getByRole('button', { name: 'Done' }).click();
        await page.setViewportSize({ width: 390, height: 800 });
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
      });
    });
  }
});

test.describe('a viewer', () => {
  test.use({ person: people.alderViewer });

  test('makes no tokens and is told why', async ({ page }) => {
    await page.goto(PAGE);
    const button = page.getByRole('button', { name: 'Create token' });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveAccessibleDescription(/You can look at everything here but not change it/);
  });

  test('reads the page', { tag: '@reading' }, async ({ page }) => {
    await page.goto(PAGE);
    await expect(page).toHaveTitle('API tokens · Messaging Portal');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('API tokens');
    await expect(page.getByText('No tokens yet')).toBeVisible();
  });
});

test.describe('a provider', () => {
  test.use({ person: people.provider });

  test('revokes the token of an account', async ({ page, getPageAsUser, request }) => {
    const name = uniqueName('Theirs');
    const admin = people.borealisAdmin;
    const theirs = await getPageAsUser(admin);
    await theirs.goto(PAGE);
    const secret = await make(theirs, name);
    const ask = () => request.get('/api/v1/enterprises', { headers: { Authorization: `Bearer ${secret}` } });
    expect((await ask()).status()).toBe(200);

    await page.goto(accountsOf('borealis-freight'));
    await row(accountsTable(page), admin.email).getByRole('link', { name: `API tokens ${admin.name}` }).click();
    const opened = dialog(page, `API tokens of ${admin.name}`);
    const item = opened.getByRole('listitem').filter({ hasText: name });
    await expect(item).toContainText(`mp_…${secret.slice(-4)}`);
    await expectAccessibleInBothThemes(page);
    await item.getByRole('button', { name: `Revoke ${name}` }).click();
    const asked = page.getByRole('alertdialog', { name: `Revoke token ${name}?` });
    await asked.getByRole('button', { name: 'Revoke' }).click();
    await expect(item).toHaveCount(0);
    expect((await ask()).status()).toBe(401);
  });
});
