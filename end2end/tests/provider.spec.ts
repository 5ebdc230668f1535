// The provider's console, read: its tables, who finds it, and the note on the pages of an enterprise.
import { expect, test } from '../fixtures/test.ts';
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts';
import { alder, atTab, borealis, smsTab } from '../support/addresses.ts';
import { dialog, question } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { accountsOf, accountsTable, consolePages, enterprisesTable, openSettings } from '../support/provider.ts';
import { expectRow, expectRows, row, search } from '../support/tables.ts';

test.use({ person: people.provider });

const pages = [...Object.values(consolePages), accountsOf(alder)];

test('lists the enterprises with what is in them', { tag: '@reading' }, async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL('/provider');
  const enterprises = enterprisesTable(page);
  await expectRows(enterprises, ['Alder Clinics', 'Borealis Freight']);
  await expectRow(enterprises, {
    Name: 'Alder Clinics',
    State: 'Active',
    SMS: 'On',
    'Connector app': 'Unified',
    'Expired Domains': '2',
    'Expiring Domains': '1',
    Users: '124',
    Numbers: '168',
    Groups: '34',
  });
  await expectRow(enterprises, { Name: 'Borealis Freight', 'Connector app': 'Legacy', 'Expired Domains': '0' });
  await search(page, 'borealis');
  await expectRows(enterprises, ['Borealis Freight']);
});

test('lists who can sign in to an enterprise', { tag: '@reading' }, async ({ page }) => {
  await page.goto('/provider');
  await row(enterprisesTable(page), 'Alder Clinics').getByRole('link', { name: 'Accounts of Alder Clinics' }).click();
  await expect(page.getByRole('heading', { name: 'Who can sign in to Alder Clinics' })).toBeVisible();
  await expectRow(accountsTable(page), {
    'E-mail address': people.alderAdmin.email,
    Person: people.alderAdmin.name,
    Role: 'Admin',
    State: 'Active',
  });
  await expectRow(accountsTable(page), { 'E-mail address': people.alderViewer.email, Role: 'Viewer' });
});

test('the pages of an enterprise say for whom one works there', { tag: '@reading' }, async ({ page }) => {
  await page.goto('/provider');
  await row(enterprisesTable(page), 'Borealis Freight').getByRole('link', { name: 'Open the pages of Borealis Freight' }).click();
  await expect(page).toHaveURL(atTab(borealis, 'groups'));
  const note = page.getByRole('status').filter({ hasText: 'You are working in Borealis Freight for Northwind Voice.' });
  await expect(note).toBeVisible();
  await note.getByRole('link', { name: 'Back to the provider console' }).click();
  await expect(page).toHaveURL('/provider');
});

test('the contact details are those that enterprises see', { tag: '@reading' }, async ({ page }) => {
  await page.goto(consolePages.contact);
  await expect(page.getByLabel('Provider name')).toHaveValue('Northwind Voice');
  await expect(page.getByLabel('E-mail address')).toHaveValue('support@northwind-voice.example');
});

test('nobody else finds the console', { tag: '@reading' }, async ({ getPageAsUser, quiet }) => {
  quiet.expectAnswer(404);
  for (const person of [people.alderAdmin, people.alderViewer]) {
    const page = await getPageAsUser(person);
    for (const address of pages) {
      const answer = await page.goto(address);
      expect(answer?.status(), address).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page');
    }
    await page.goto(smsTab(alder, 'general'));
    await expect(page.getByText('You are working in')).toHaveCount(0);
  }
});

test('a dialog says what a switch means before it is saved', async ({ page }) => {
  await page.goto('/provider');
  const opened = await openSettings(page, 'Alder Clinics');
  await opened.getByRole('checkbox', { name: 'SMS', exact: true }).uncheck();
  await expect(opened.getByText(/pages for numbers and SMS close at once\. Nothing that was set up is lost/)).toBeVisible();
  await opened.getByLabel('Connector app').selectOption('Legacy');
  await expect(opened.getByText(/wait for a sync from now on/)).toBeVisible();
  await opened.getByRole('checkbox', { name: 'SMS', exact: true }).check();
  await opened.getByLabel('Connector app').selectOption('Unified');
  await expect(opened.getByText(/wait for a sync/)).toHaveCount(0);
});

test('an enterprise is added by keyboard, up to what is wrong', async ({ page, quiet }) => {
  quiet.expectAnswer(422);
  await page.goto('/provider');
  await page.getByRole('button', { name: 'Add Enterprise' }).focus();
  await page.keyboard.press('Enter');
  const opened = dialog(page, 'Add Enterprise');
  await expect(opened.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('Dogwood & Söhne');
  await expect(opened.getByRole('textbox', { name: 'Address' })).toHaveValue('dogwood-sohne');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Not a slug');
  await page.keyboard.press('Enter');
  await expect(opened.getByText(/^The address must be 1 to 40/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(question(page, 'Discard your changes?')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(opened).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('pages of the console have nothing to report', async ({ page }) => {
      for (const address of pages) {
        await page.goto(address);
        await expect(page.getByRole('main')).toBeVisible();
        await expectAccessible(page);
      }
      await page.goto(smsTab(alder, 'groups'));
      await expectAccessible(page);
    });

    test('dialogs of the console have nothing to report', async ({ page }) => {
      await page.goto('/provider?dialog=add');
      await expect(dialog(page, 'Add Enterprise')).toBeVisible();
      await expectAccessible(page);
      await page.goto(`/provider?dialog=update&id=${alder}`);
      await expect(dialog(page, 'Update Enterprise').getByRole('textbox', { name: 'Name' })).toBeVisible();
      await expectAccessible(page);
      await page.goto(`/provider?dialog=suspend&id=${alder}`);
      await expect(question(page, 'Suspend Alder Clinics?')).toBeVisible();
      await expectAccessible(page);
      await page.goto(`${accountsOf(alder)}?dialog=invite`);
      await expect(dialog(page, 'Invite to Alder Clinics')).toBeVisible();
      await expectAccessible(page);
    });
  });
}

for (const width of [390, 1024]) {
  test(`no page of the console is wider than ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    for (const address of pages) {
      await page.goto(address);
      await expect(page.getByRole('main')).toBeVisible();
      await expectNoSidewaysScroll(page);
    }
  });
}
