// The Users page: reading, searching, sorting, filtering, copying.
import { readFile } from 'node:fs/promises';

import { expect, test } from '../fixtures/test.ts';
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts';
import { alder, borealis } from '../support/addresses.ts';
import { people } from '../support/people.ts';
import { cell, colour, count, filterChips, openFilter, row, search, sortBy } from '../support/tables.ts';
import { expectUser, expectUsers, openUser, openUsers, usersPage, usersTable } from '../support/users.ts';

test.use({ person: people.alderAdmin });

test.describe('reading', { tag: '@reading' }, () => {
  test('the top bar leads to the page', async ({ page }) => {
    await page.goto(`/e/${alder}/services/sms`);
    const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users' });
    await link.click();
    await expect(page).toHaveURL(usersPage(alder));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Users');
    await expect(link).toHaveAttribute('aria-current', 'page');
    await expect(count(page, '124 users')).toBeVisible();
  });

  test('a row shows who it is, their numbers and those of their groups', async ({ page }) => {
    const users = await openUsers(page, 'aaliyah abbott');
    await expectUser(users, 'Aaliyah Abbott', {
      'Teams Username': /^Aaliyah Abbott\s*aaliyah\.abbott@alderclinics\.example$/,
      Licenses: 'Licensed',
      Services: /^\s*Assigned/,
      'Sign-in': 'Allowed',
    });
    const numbers = await cell(row(users, 'Aaliyah Abbott'), users, 'SMS Numbers');
    await expect(numbers.getByRole('listitem')).toHaveText([
      '+1 206 555 0121',
      '+1 206 555 0100 group owner',
      '+1 253 555 0108 Physical Therapy Ballard',
    ]);
  });

  test('every state of a licence is told in words', async ({ page }) => {
    const users = await openUsers(page, 'anders almeida');
    await expectUser(users, 'Anders Almeida', { Licenses: 'Not licensed', Services: 'Needs a license' });
    await openUsers(page, 'sven vega');
    await expectUser(users, 'Sven Vega', { Licenses: 'Unknown', Services: /^\s*Not assigned/ });
    await openUsers(page, 'esther brandt');
    await expectUser(users, 'Esther Brandt', { Licenses: 'Licensed', 'Sign-in': 'Blocked' });
    await openUsers(page, 'gustavo petrov');
    await expectUser(users, 'Gustavo Petrov', { 'SMS Numbers': 'No numbers' });
  });

  test('a licence is green, and red where there is none', async ({ page }) => {
    const users = await openUsers(page, 'anders almeida');
    const without = await colour(row(users, 'Anders Almeida').getByText('Not licensed', { exact: true }));
    expect(without.red).toBeGreaterThan(2 * without.green);
    await openUsers(page, 'aaliyah abbott');
    const licensed = await colour(row(users, 'Aaliyah Abbott').getByText('Licensed', { exact: true }));
    expect(licensed.green).toBeGreaterThan(2 * licensed.red);
  });

  for (const [what, text, found] of [
    ['a name written without its accents', 'bjorn brandt', ['Björn Brandt']],
    ['a sign-in name', 'rosa.rossi@', ['Rosa Rossi']],
    ['an own number as Americans write it', '(206) 555-0121', ['Aaliyah Abbott']],
    ['an own number as dialled abroad', '0012065550121', ['Aaliyah Abbott']],
  ] as const) {
    test(`the search finds ${what}`, async ({ page }) => {
      const users = await openUsers(page);
      await search(page, text);
      await expectUsers(users, [...found]);
    });
  }

  test('the search finds people by their groups and by the numbers of those', async ({ page }) => {
    const users = await openUsers(page);
    await search(page, 'front desk ballard');
    await expect(row(users, 'Björn Kowalski')).toHaveCount(1);
    await expect(row(users, 'Aaliyah Abbott')).toHaveCount(0);
    await search(page, '+1 206 555 0100');
    await expect(row(users, 'Aaliyah Abbott')).toHaveCount(1);
    await expect(row(users, 'Darius Duarte')).toHaveCount(1);
    await expect(row(users, 'Björn Brandt')).toHaveCount(0);
  });

  test('a heading sorts by its column', async ({ page }) => {
    const users = await openUsers(page);
    await expect(users.getByRole('rowheader').getByRole('link').first()).toHaveText('Aaliyah Abbott');
    await sortBy(users, 'Licenses').click();
    await sortBy(users, 'Licenses').click();
    await expect(await cell(users.getByRole('row').nth(1), users, 'Licenses')).toHaveText('Unknown');
  });

  test('another enterprise has its own people', async ({ getPageAsUser }) => {
    const page = await getPageAsUser(people.borealisAdmin);
    await page.goto(usersPage(borealis));
    await expect(count(page, '28 users')).toBeVisible();
  });

  test('the help page says what the columns mean', async ({ page }) => {
    await openUsers(page);
    await page.getByRole('link', { name: 'Help with users' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Users');
    await expect(page.getByRole('heading', { name: 'When somebody leaves' })).toBeVisible();
  });
});

test('without the browser part nothing pretends to open a dialog', { tag: '@no-js' }, async ({ page }) => {
  const users = await openUsers(page, 'aaliyah abbott');
  const link = row(users, 'Aaliyah Abbott').getByRole('link', { name: 'Aaliyah Abbott', exact: true });
  await expect(link).toBeDisabled();
  await expect(link).toHaveAccessibleDescription('The page is still loading.');
});

test('licence, service and sign-in are filters', async ({ page }) => {
  const users = await openUsers(page);
  const license = await openFilter(users, 'Licenses');
  await license.getByRole('checkbox', { name: 'Not licensed' }).check();
  await expect(count(page, '13 of 124 users')).toBeVisible();
  await license.getByRole('checkbox', { name: 'Unknown' }).check();
  await expect(count(page, '20 of 124 users')).toBeVisible();
  await page.keyboard.press('Escape');
  const service = await openFilter(users, 'Services');
  await service.getByRole('checkbox', { name: 'Needs a license' }).check();
  await expect(count(page, '13 of 124 users')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(filterChips(page)).toHaveCount(2);
  await page.goto(`${usersPage(alder)}?filter=sign_in:in:blocked`);
  await expectUsers(users, ['Beatriz Haddad', 'Chidi Fischer', 'Dmitri Duarte', 'Esther Brandt']);
  await page.goto(`${usersPage(alder)}?filter=service:in:assigned`);
  await expect(count(page, '42 of 124 users')).toBeVisible();
});

test('an own number opens the assignment, the number of a group the group', async ({ page }) => {
  const users = await openUsers(page, 'aaliyah abbott');
  const found = row(users, 'Aaliyah Abbott');
  await found.getByRole('link', { name: '+1 206 555 0121' }).click();
  await expect(page.getByRole('dialog', { name: 'SMS User Assignment' })).toBeVisible();
  await expect(page).toHaveURL(/search=aaliyah%20abbott&dialog=numbers&id=/);
  await page.goBack();
  await expect(page.getByRole('dialog', { name: 'SMS User Assignment' })).toBeHidden();
  await found.getByRole('link', { name: '+1 206 555 0100' }).click();
  const group = page.getByRole('dialog', { name: 'Update SMS Group' });
  await expect(group.getByLabel('Group name')).toHaveValue('Front Desk');
});

test.describe('copying', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('sign-in name and numbers are copied as they are', async ({ page }) => {
    const users = await openUsers(page, 'aaliyah abbott');
    for (const [button, value] of Object.entries({
      'Copy sign-in name Aaliyah Abbott': 'aaliyah.abbott@alderclinics.example',
      'Copy sms numbers Aaliyah Abbott': '+12065550121, +12065550100, +12535550108',
    })) {
      await row(users, 'Aaliyah Abbott').hover();
      await page.getByRole('button', { name: button, exact: true }).click();
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(value);
    }
  });
});

test('the table is saved as a file', async ({ page }) => {
  await openUsers(page, 'aaliyah abbott');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  expect(text.slice(1).trimEnd().split('\r\n')[1]).toBe(
    'Aaliyah Abbott,aaliyah.abbott@alderclinics.example,+12065550121,Front Desk,' +
      '"Front Desk, Physical Therapy Ballard","+12065550100, +12535550108",Licensed,Allowed',
  );
});

test('the dialog of a person shows everything about them', async ({ page }) => {
  await openUsers(page, 'aaliyah abbott');
  const opened = await openUser(page, 'Aaliyah Abbott');
  for (const text of [
    'aaliyah.abbott@alderclinics.example',
    '+1 206 555 0121',
    'Licensed',
    'Allowed',
    'If Aaliyah Abbott left',
    '+1 206 555 0121 would become free or go to somebody else.',
    'These groups would need a new owner: Front Desk.',
    'These groups would go on without them: Physical Therapy Ballard.',
  ]) {
    await expect(opened.getByText(text, { exact: true })).toBeVisible();
  }
  await expect(opened.getByRole('listitem').filter({ hasText: 'Front Desk owner and member' })).toBeVisible();
  await opened.getByRole('link', { name: 'Physical Therapy Ballard' }).click();
  await expect(page.getByRole('dialog', { name: 'Update SMS Group' }).getByLabel('Group name')).toHaveValue(
    'Physical Therapy Ballard',
  );
});

test('everything is reached by keyboard', async ({ page }) => {
  const users = await openUsers(page, 'aaliyah abbott');
  const name = row(users, 'Aaliyah Abbott').getByRole('link', { name: 'Aaliyah Abbott', exact: true });
  await name.focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Copy sign-in name Aaliyah Abbott' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(row(users, 'Aaliyah Abbott').getByRole('link', { name: '+1 206 555 0121' })).toBeFocused();
  await name.focus();
  await page.keyboard.press('Enter');
  const opened = page.getByRole('dialog', { name: 'Aaliyah Abbott', exact: true });
  await expect(opened).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(opened).toBeHidden();
  await expect(name).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('page and dialogs have nothing to report', async ({ page }) => {
      await openUsers(page);
      await expectAccessible(page);
      await openUsers(page, 'aaliyah abbott');
      await openUser(page, 'Aaliyah Abbott');
      const id = new URL(page.url()).searchParams.get('id') ?? '';
      await expectAccessible(page);
      await page.goto(usersPage(alder, { dialog: 'numbers', id }));
      await expect(page.getByRole('combobox', { name: 'SMS numbers' })).toBeVisible();
      await expectAccessible(page);
      await page.goto(usersPage(alder, { dialog: 'offboard', id }));
      await expect(page.getByRole('combobox', { name: 'New owner of Front Desk' })).toBeVisible();
      await expectAccessible(page);
    });
  });
}

for (const width of [320, 390, 1024]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 800 } });

    test('page and dialogs are no wider than the window', async ({ page }) => {
      await openUsers(page, 'aaliyah abbott');
      await expectNoSidewaysScroll(page);
      await expect(usersTable(page)).toContainText('+1 253 555 0108');
      const opened = await openUser(page, 'Aaliyah Abbott');
      await expectNoSidewaysScroll(page);
      await expect(opened.getByRole('button', { name: 'Offboard' })).toBeInViewport({ ratio: 0.9 });
    });
  });
}
