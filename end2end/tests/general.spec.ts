// The General tab.
import { expect, test } from '../fixtures/test.ts';
import { alder, borealis, smsTab } from '../support/addresses.ts';
import { people } from '../support/people.ts';

test.describe('Alder Clinics', () => {
  test.use({ person: people.alderAdmin });

  test('shows what the provider has switched on', { tag: '@reading' }, async ({ page }) => {
    await page.goto(smsTab(alder, 'general'));
    await expect(page.getByRole('term')).toHaveText([/^Group Texting/, /^Secure SMS/, /^Connector app/]);
    await expect(page.getByRole('definition')).toHaveText(['On', 'On', 'Unified']);
    await expect(page.getByText('Plan the move to the unified app')).toHaveCount(0);
  });

  test('says who changes it and how to reach them', { tag: '@reading' }, async ({ page }) => {
    await page.goto(smsTab(alder, 'general'));
    await expect(page.getByText('These settings are kept by your provider, Northwind Voice.')).toBeVisible();
    const main = page.getByRole('main');
    await expect(main.getByRole('link', { name: 'support@northwind-voice.example' })).toHaveAttribute(
      'href',
      'mailto:support@northwind-voice.example',
    );
    await expect(main.getByRole('link', { name: '+1 206 555 0100' })).toHaveAttribute('href', 'tel:+12065550100');
  });

  test('explains a setting on hover, for as long as the pointer is on it', async ({ page }) => {
    await page.goto(smsTab(alder, 'general'));
    const tip = page.getByRole('tooltip').filter({ hasText: 'One message goes to several people' });
    await expect(tip).toBeHidden();
    await page.getByRole('button', { name: 'About Group Texting' }).hover();
    await expect(tip).toBeVisible();
    await tip.hover();
    await expect(tip).toBeVisible();
    await page.getByRole('heading', { name: 'SMS', level: 1 }).hover();
    await expect(tip).toBeHidden();
  });

  test('explains a setting on focus until Escape', async ({ page }) => {
    await page.goto(smsTab(alder, 'general'));
    const button = page.getByRole('button', { name: 'About Secure SMS' });
    const tip = page.getByRole('tooltip').filter({ hasText: 'Messages are encrypted' });
    await button.focus();
    await expect(tip).toBeVisible();
    await expect(button).toHaveAccessibleDescription(/Messages are encrypted/);
    await page.keyboard.press('Escape');
    await expect(tip).toBeHidden();
    await expect(button).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('tooltip').filter({ hasText: 'shows text messages inside' })).toBeVisible();
  });

  test('explains a setting by touch', async ({ getPageAsUser }) => {
    const page = await getPageAsUser(people.alderAdmin, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
    await page.goto(smsTab(alder, 'general'));
    const tip = page.getByRole('tooltip').filter({ hasText: 'One message goes to several people' });
    await page.getByRole('button', { name: 'About Group Texting' }).tap();
    await expect(tip).toBeVisible();
    await page.getByRole('heading', { name: 'SMS', level: 1 }).tap();
    await expect(tip).toBeHidden();
  });
});

test.describe('Borealis Freight', () => {
  test.use({ person: people.borealisAdmin });

  test('shows what is off, and advises to leave the legacy app', { tag: '@reading' }, async ({ page }) => {
    await page.goto(smsTab(borealis, 'general'));
    await expect(page.getByRole('definition')).toHaveText(['Off', 'Off', 'Legacy']);
    await expect(page.getByText('Plan the move to the unified app')).toBeVisible();
    await expect(page.getByText(/take effect only after a manual sync/)).toBeVisible();
  });
});
