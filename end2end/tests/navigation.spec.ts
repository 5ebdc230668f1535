// The top bar, the tabs, and addresses that lead nowhere.
import { expect, test } from '../fixtures/test.ts';
import { alder, atTab, borealis, smsTab } from '../support/addresses.ts';
import { people } from '../support/people.ts';
import { accountMenu } from '../support/sign-in.ts';

const sms = { label: 'SMS settings' };

test.describe('an admin of Alder Clinics', () => {
  test.use({ person: people.alderAdmin });

  test('reaches every tab, each with an address and a title', { tag: '@reading' }, async ({ page }) => {
    await page.goto('/');
    const tabs = page.getByRole('navigation', { name: sms.label });
    await expect(tabs.getByRole('link')).toHaveText(['General', 'Groups', 'Carriers', 'Domains']);
    const titles = { General: 'SMS settings', Groups: 'SMS groups', Carriers: 'Carrier profiles', Domains: 'Domains' };
    for (const [tab, title] of Object.entries(titles)) {
      await tabs.getByRole('link', { name: tab }).click();
      await expect(page).toHaveTitle(`${title} · Alder Clinics · Messaging Portal`);
      await expect(tabs.getByRole('link', { name: tab })).toHaveAttribute('aria-current', 'page');
      await expect(page).toHaveURL(atTab(alder, tab.toLowerCase() as 'general'));
    }
  });

  test('finds SMS in the Services menu', { tag: '@reading' }, async ({ page }) => {
    await page.goto('/help/signing-in');
    await page.goto(smsTab(alder, 'groups'));
    await page.getByRole('banner').getByText('Services').click();
    await page.getByRole('banner').getByRole('link', { name: 'SMS' }).click();
    await expect(page).toHaveURL(atTab(alder, 'general'));
  });

  test('uses the Services menu by keyboard', async ({ page }) => {
    await page.goto(smsTab(alder, 'groups'));
    const link = page.getByRole('banner').getByRole('link', { name: 'SMS' });
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Messaging Portal' })).toBeFocused();
    await page.keyboard.press('Tab');
    for (const name of ['Dashboard', 'Users', 'Numbers']) {
      await expect(page.getByRole('banner').getByRole('link', { name })).toBeFocused();
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await expect(link).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(link).toBeHidden();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await expect(link).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(atTab(alder, 'general'));
    await expect(link).toBeHidden();
  });

  test('closes an open menu by pressing elsewhere and by moving on', async ({ page }) => {
    await page.goto(smsTab(alder, 'groups'));
    const signOut = page.getByRole('button', { name: 'Sign out', exact: true });
    await accountMenu(page, people.alderAdmin).click();
    await expect(signOut).toBeVisible();
    await page.getByRole('heading', { name: 'SMS', level: 1 }).click();
    await expect(signOut).toBeHidden();
    await accountMenu(page, people.alderAdmin).click();
    await page.getByRole('searchbox').focus();
    await expect(signOut).toBeHidden();
  });

  test('skips to the content', async ({ page }) => {
    await page.goto(smsTab(alder, 'groups'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
  });

  test('keeps the chosen theme', async ({ page }) => {
    const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    await page.goto(smsTab(alder, 'general'));
    await accountMenu(page, people.alderAdmin).click();
    await expect(page.getByRole('radio', { name: 'System' })).toBeChecked();
    await page.getByRole('radio', { name: 'Dark' }).check();
    expect(await scheme()).toBe('dark');
    await page.reload();
    expect(await scheme()).toBe('dark');
    await accountMenu(page, people.alderAdmin).click();
    await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
    await page.getByRole('radio', { name: 'Light' }).check();
    await page.reload();
    expect(await scheme()).toBe('light');
  });

  test('gets help for each tab', { tag: '@reading' }, async ({ page }) => {
    const help = {
      general: ['Help with these settings', 'SMS settings'],
      groups: ['Help with groups', 'SMS groups'],
      carriers: ['Help with carrier profiles', 'Carrier profiles'],
      domains: ['Help with domains', 'Domains'],
    } as const;
    for (const [tab, [link, heading]] of Object.entries(help)) {
      await page.goto(smsTab(alder, tab as 'general'));
      await page.getByRole('link', { name: link }).click();
      await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
      await expect(page).toHaveTitle(`${heading} · Help · Messaging Portal`);
    }
    await page.getByRole('banner').getByRole('link', { name: 'Help' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Signing in');
    await page.getByRole('navigation', { name: 'Help topics' }).getByRole('link', { name: 'SMS groups' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('SMS groups');
  });

  test('is told when an address leads nowhere', { tag: '@reading' }, async ({ page, quiet }) => {
    quiet.expectAnswer(404);
    for (const address of ['/nowhere', '/help/nowhere', `/e/${alder}/nowhere`, '/e/nobody/services/sms', '/e/Not%20A%20Name/services/sms']) {
      const answer = await page.goto(address);
      expect(answer?.status(), address).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/There is no such page|Not found/);
      await expect(page.getByRole('link', { name: 'Go to the start page' })).toBeVisible();
    }
  });

  test('cannot see an enterprise of somebody else', { tag: '@reading' }, async ({ page, quiet }) => {
    quiet.expectAnswer(404);
    for (const tab of ['general', 'groups', 'carriers', 'domains'] as const) {
      const answer = await page.goto(smsTab(borealis, tab));
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not found');
      await expect(page.getByText('Borealis')).toHaveCount(0);
    }
  });
});

test.describe('an admin of Borealis Freight', () => {
  test.use({ person: people.borealisAdmin });

  test('has two tabs; the addresses of the others explain themselves', { tag: '@reading' }, async ({ page }) => {
    await page.goto(smsTab(borealis, 'general'));
    const tabs = page.getByRole('navigation', { name: sms.label });
    await expect(tabs.getByRole('link')).toHaveText(['General', 'Groups']);
    const why = {
      carriers: 'Your provider manages the phone numbers of your enterprise and the carriers behind them.',
      domains: 'None of your numbers is with a carrier that needs domain subscriptions.',
    };
    for (const [tab, reason] of Object.entries(why)) {
      await page.goto(smsTab(borealis, tab as 'carriers'));
      await expect(page.getByText('This tab is not in use here')).toBeVisible();
      await expect(page.getByText(reason)).toBeVisible();
      await expect(page.getByRole('table')).toHaveCount(0);
      await expect(tabs.getByRole('link')).toHaveText(['General', 'Groups']);
    }
  });
});

test.describe('an admin of both enterprises', () => {
  test.use({ person: people.adminOfBoth });

  test('chooses an enterprise on the start page', { tag: '@reading' }, async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Your enterprises' })).toBeVisible();
    const main = page.getByRole('main');
    await expect(main.getByRole('listitem')).toHaveText([/^\s*Alder Clinics\s*Admin\s*$/, /^\s*Borealis Freight\s*Admin\s*$/]);
    await main.getByRole('link', { name: 'Borealis Freight' }).click();
    await expect(page).toHaveURL(atTab(borealis, 'groups'));
    await expect(page.getByRole('rowheader', { name: 'Customs Desk' })).toBeVisible();
  });

  test('switches between them in the account menu', { tag: '@reading' }, async ({ page }) => {
    await page.goto(smsTab(alder, 'groups'));
    await expect(page.getByRole('banner').getByText('Alder Clinics').first()).toBeVisible();
    await accountMenu(page, people.adminOfBoth).click();
    await expect(page.getByRole('banner').getByRole('link', { name: 'Alder Clinics' })).toHaveAttribute('aria-current', 'page');
    await page.getByRole('banner').getByRole('link', { name: 'Borealis Freight' }).click();
    await expect(page).toHaveURL(atTab(borealis, 'groups'));
    await expect(page.getByRole('navigation', { name: sms.label }).getByRole('link')).toHaveText(['General', 'Groups']);
    await expect(page.getByRole('rowheader', { name: 'Customs Desk' })).toBeVisible();
    await expect(page.getByRole('rowheader', { name: 'Front Desk' })).toHaveCount(0);
    await page.goBack();
    await expect(page.getByRole('rowheader', { name: /^Front Desk/ }).first()).toBeVisible();
    await expect(page.getByRole('rowheader', { name: 'Customs Desk' })).toHaveCount(0);
  });
});

test('the admin of a provider reaches all its enterprises', { tag: '@reading' }, async ({ getPageAsUser }) => {
  const page = await getPageAsUser(people.provider);
  await page.goto('/');
  await expect(page).toHaveURL('/provider');
  await expect(page.getByRole('rowheader')).toHaveText(['Alder Clinics', 'Borealis Freight']);
});
