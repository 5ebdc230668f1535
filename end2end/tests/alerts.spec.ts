// Where alerts are sent, in the provider's console: adding, trying out, removing.
import type { Locator, Page } from '@playwright/test';

import { startPortal } from '../fixtures/portal.ts';
import { expect, hydrated, test as base } from '../fixtures/test.ts';
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts';
import { dialog, expectNotice, question, uniqueName } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { consolePages } from '../support/provider.ts';
import { isSigned, startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

/** The portal reaches hosts of examples at a receiver of the test's own. */
const test = base.extend<object, { receiver: Receiver }>({
  receiver: [
    // Playwright finds out from the pattern what a fixture needs; this one needs nothing.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const receiver = await startReceiver();
      await use(receiver);
      await receiver.stop();
    },
    { scope: 'worker' },
  ],

  portal: [
    async ({ receiver }, use) => {
      const portal = await startPortal(null, '--carrier-stand-in', receiver.address);
      await use(portal);
      await portal.stop();
    },
    { scope: 'worker' },
  ],
});

// Destinations that are added here would be counted by others.
test.use({ person: people.provider, database: 'changed' });

function destination(page: Page, address: string): Locator {
  return page.getByRole('list', { name: 'Where alerts are sent' }).getByRole('listitem').filter({ hasText: address });
}

async function openAddDialog(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Add Destination' }).click();
  const opened = dialog(page, 'Add Destination');
  await expect(opened.getByLabel('Address')).toBeVisible();
  return opened;
}

async function add(page: Page, kind: 'E-mail' | 'Webhook', address: string): Promise<Locator> {
  const opened = await openAddDialog(page);
  await opened.getByLabel('Kind').selectOption(kind);
  await opened.getByLabel('Address').fill(address);
  await opened.getByRole('button', { name: 'Add Destination' }).click();
  return opened;
}

/** Adds a webhook; its secret. */
async function addWebhook(page: Page, address: string): Promise<string> {
  const opened = await add(page, 'Webhook', address);
  const told = opened.getByText(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await expect(told).toBeVisible();
  const secret = (await told.textContent()) ?? '';
  await opened.getByRole('button', { name: 'Done' }).click();
  await expect(opened).toBeHidden();
  return secret;
}

/** An address no other test uses. */
function path(what: string): string {
  return `/${uniqueName(what).replaceAll(' ', '-').toLowerCase()}`;
}

test('a webhook is added, tried out and removed', async ({ page, receiver }) => {
  const at = path('Alerts');
  const address = `https://hooks.company.example${at}`;
  await page.goto(consolePages.alerts);
  const secret = await addWebhook(page, address);
  await expectNotice(page, `Alerts are sent to ${address} from now on.`);
  await page.reload();
  const item = destination(page, address);
  await expect(item).toContainText('Webhook');
  await expect(item).toContainText('Nothing was sent yet');
  await expect(page.getByText(secret)).toHaveCount(0);

  await item.getByRole('button', { name: `Send test message to ${address}` }).click();
  await expectNotice(page, `A test message was sent to ${address}.`);
  await expect(item).toContainText(/Last message, a test:\s*Sent/);
  const [call] = receiver.calls(at);
  expect(call && isSigned(call, secret)).toBe(true);
  expect(JSON.parse(call?.body ?? '{}')).toMatchObject({ type: 'test' });

  await item.getByRole('button', { name: `Remove ${address}` }).click();
  const asked = question(page, `Send no more alerts to ${address}?`);
  await asked.getByRole('button', { name: 'Remove' }).click();
  await expectNotice(page, `No more alerts are sent to ${address}.`);
  await expect(item).toHaveCount(0);
});

test('a message that does not arrive says why', async ({ page }) => {
  const address = `https://hooks.company.example${path('Broken')}`;
  await page.goto(consolePages.alerts);
  await addWebhook(page, address);
  const item = destination(page, address);
  await item.getByRole('button', { name: /^Send test message/ }).click();
  await expect(item).toContainText(/Last message, a test:\s*Failed/);
  await expect(item).toContainText('The webhook answered with status 500.');
  await page.reload();
  await expect(item).toContainText('The webhook answered with status 500.');
});

test('without a mail server that is said', async ({ page }) => {
  const address = `${path('operations').slice(1)}@company.example`;
  const reason = 'This portal sends no e-mail: whoever runs it has set no mail server.';
  await page.goto(consolePages.alerts);
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: reason })).toBeVisible();
  const opened = await add(page, 'E-mail', address);
  await expect(opened).toBeHidden();
  const item = destination(page, address);
  await item.getByRole('button', { name: /^Send test message/ }).click();
  await expect(item).toContainText(reason);
});

test('what cannot be an address is told where it was typed', async ({ page, quiet }) => {
  quiet.expectAnswer(422);
  await page.goto(consolePages.alerts);
  const opened = await add(page, 'E-mail', 'nowhere');
  await expect(opened.getByLabel('Address')).toHaveAccessibleDescription(/Enter an e-mail address/);
  await opened.getByLabel('Kind').selectOption('Webhook');
  await opened.getByLabel('Address').fill('http://127.0.0.1/');
  await opened.getByRole('button', { name: 'Add Destination' }).click();
  await expect(opened.getByLabel('Address')).toHaveAccessibleDescription(/begins with https:\/\/ and the name of a host/);
});

test('a destination is added by keyboard', async ({ page }) => {
  const address = `${path('keyboard').slice(1)}@company.example`;
  await page.goto(consolePages.alerts);
  await hydrated(page);
  await page.getByRole('button', { name: 'Add Destination' }).focus();
  await page.keyboard.press('Enter');
  const opened = dialog(page, 'Add Destination');
  await expect(opened.getByLabel('Kind')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type(address);
  await page.keyboard.press('Enter');
  await expect(opened).toBeHidden();
  await expect(destination(page, address)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add Destination' })).toBeFocused();
});

test('nobody but the provider finds the page', { tag: '@reading' }, async ({ getPageAsUser, quiet }) => {
  quiet.expectAnswer(404);
  for (const person of [people.alderAdmin, people.alderViewer]) {
    const page = await getPageAsUser(person);
    const answer = await page.goto(consolePages.alerts);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page');
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the page and its dialogs have nothing to report', async ({ page }) => {
      const address = `https://hooks.company.example${path('Accessible')}`;
      await page.goto(consolePages.alerts);
      const opened = await openAddDialog(page);
      await expectAccessible(page);
      await opened.getByLabel('Kind').selectOption('Webhook');
      await opened.getByLabel('Address').fill(address);
      await opened.getByRole('button', { name: 'Add Destination' }).click();
      await expect(opened.getByText(/^whsec_/)).toBeVisible();
      await expectAccessible(page);
      await opened.getByRole('button', { name: 'Done' }).click();
      await expect(destination(page, address)).toBeVisible();
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 800 });
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    });
  });
}
