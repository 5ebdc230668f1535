// Find anything: pages, groups, users and numbers from every page.
import { expect, test } from '../fixtures/test.ts';
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts';
import { alder, atTab, auditLog, borealis, dashboard, smsTab } from '../support/addresses.ts';
import { dialog, openAddDialog, openGroups } from '../support/groups.ts';
import { KEYS, findButton, finder, offered, openPalette, palette } from '../support/palette.ts';
import { people } from '../support/people.ts';
import { accountMenu } from '../support/sign-in.ts';
import { sortBy } from '../support/tables.ts';

test.use({ person: people.alderAdmin });

const NOTHING = 'Nothing found. Try fewer letters, a part of a sign-in name, or the last digits of a number.';

test('the keys open it, also from within a field; Esc leads back there', async ({ page }) => {
  const groups = await openGroups(page);
  for (const from of [sortBy(groups, 'Owner'), page.getByRole('searchbox', { name: 'Search groups' })]) {
    await from.focus();
    await openPalette(page);
    await page.keyboard.press('Escape');
    await expect(palette(page)).toBeHidden();
    await expect(from).toBeFocused();
  }
});

test('the same keys close it', async ({ page }) => {
  await page.goto(dashboard(alder));
  await openPalette(page);
  await page.keyboard.press(KEYS);
  await expect(palette(page)).toBeHidden();
});

test('the button opens it and has the focus afterwards', async ({ page }) => {
  await page.goto(smsTab(alder, 'general'));
  await expect(findButton(page)).toHaveAccessibleDescription(/Ctrl \+ K/);
  await findButton(page).click();
  await expect(finder(page)).toBeFocused();
  await palette(page).getByRole('button', { name: 'Close' }).click();
  await expect(palette(page)).toBeHidden();
  await expect(findButton(page)).toBeFocused();
});

test('all pages of the enterprise are offered before anything is typed', async ({ page }) => {
  await page.goto(dashboard(alder));
  await openPalette(page);
  const first = [
    'Dashboard',
    'Users',
    'Numbers',
    'General SMS',
    'Groups SMS',
    'Carriers SMS',
    'Domains SMS',
    'Configuration',
    'Audit log',
    'Import users',
    'Import numbers',
    'API tokens',
  ];
  for (const [at, name] of first.entries()) {
    await expect(offered(page, 'Pages').nth(at)).toHaveAccessibleName(name);
  }
  await expect(palette(page).getByRole('option', { selected: true })).toHaveAccessibleName('Dashboard');
});

test('a page by a part of its name', async ({ page }) => {
  await openGroups(page);
  await openPalette(page);
  await page.keyboard.type('audit');
  await expect(palette(page).getByRole('option', { selected: true })).toHaveAccessibleName('Audit log');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(auditLog(alder));
  await expect(page.getByRole('heading', { name: 'Audit log', level: 1 })).toBeVisible();
  await expect(palette(page)).toBeHidden();
  await expect(page.getByRole('main')).toBeFocused();
});

test('the pages for imports and API tokens', async ({ page }) => {
  for (const [typed, name, address] of [
    ['import n', 'Import numbers', /\/e\/alder-clinics\/numbers\/import$/],
    ['import u', 'Import users', /\/e\/alder-clinics\/users\/import$/],
    ['tokens', 'API tokens', /\/account\/tokens$/],
  ] as const) {
    await page.goto(dashboard(alder));
    await openPalette(page);
    await page.keyboard.type(typed);
    await expect(palette(page).getByRole('option', { selected: true })).toHaveAccessibleName(name);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(address);
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  }
});

test('a group by one of its members', async ({ page }) => {
  await page.goto(dashboard(alder));
  await openPalette(page);
  await page.keyboard.type('duarte darius');
  await expect(offered(page, 'SMS groups')).toHaveText([
    /^\s*Front Desk\s+Member: Darius Duarte$/,
    /^\s*Physical Therapy Ballard\s+Member: Darius Duarte$/,
  ]);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(atTab(alder, 'groups'));
  await expect(dialog(page, 'Update SMS Group').getByLabel('Group name')).toHaveValue('Front Desk');
});

test('a user by sign-in name', async ({ page }) => {
  await page.goto(smsTab(alder, 'groups'));
  await openPalette(page);
  await page.keyboard.type('darius.duarte@');
  const person = offered(page, 'Users');
  await expect(person).toHaveText([/^\s*Darius Duarte\s+darius\.duarte@alderclinics\.example$/]);
  await page.keyboard.press('ArrowUp');
  await expect(person).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Darius Duarte', exact: true })).toBeVisible();
});

test('a number by its last digits', async ({ page }) => {
  await page.goto(dashboard(alder));
  await openPalette(page);
  await page.keyboard.type('555-0141');
  await expect(offered(page, 'Numbers')).toHaveText([
    /^\+1 206 555 0141/,
    /^\+1 253 555 0141/,
    /^\+1 360 555 0141/,
    /^\+1 425 555 0141/,
  ]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog(page, 'Assign Number').getByText('+1 253 555 0141', { exact: true })).toBeVisible();
});

test('the arrow keys go round, and the marked entry is told to assistive technology', async ({ page }) => {
  await page.goto(dashboard(alder));
  await openPalette(page);
  await page.keyboard.type('vaccinations');
  const groups = offered(page, 'SMS groups');
  await expect(groups).toHaveText(['Vaccinations', 'Vaccinations Ballard']);
  for (const [key, at] of [
    ['ArrowDown', 1],
    ['ArrowDown', 0],
    ['ArrowUp', 1],
  ] as const) {
    await page.keyboard.press(key);
    await expect(groups.nth(at)).toHaveAttribute('aria-selected', 'true');
    const id = (await groups.nth(at).getAttribute('id')) ?? '';
    await expect(finder(page)).toHaveAttribute('aria-activedescendant', id);
  }
  await expect(palette(page).getByRole('status')).toHaveText('2 results');
});

test('Enter opens what is best for the typed text, also before the answer is there', async ({ page }) => {
  await page.goto(dashboard(alder));
  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/rpc/finder/find?**', async (route) => {
    await answered;
    await route.continue();
  });
  await openPalette(page);
  await page.keyboard.type('vaccinations ballard');
  await page.keyboard.press('Enter');
  await expect(palette(page).getByRole('status')).toHaveText('Searching…');
  answer();
  await expect(dialog(page, 'Update SMS Group').getByLabel('Group name')).toHaveValue('Vaccinations Ballard');
});

test('an answer that comes too late changes nothing', async ({ page }) => {
  await page.goto(dashboard(alder));
  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/rpc/finder/find?**search=front**', async (route) => {
    await answered;
    await route.continue();
  });
  await openPalette(page);
  const asked = page.waitForRequest(/finder\/find.*search=front/);
  await finder(page).fill('front');
  await asked;
  await finder(page).fill('vaccinations');
  await expect(offered(page, 'SMS groups')).toHaveText(['Vaccinations', 'Vaccinations Ballard']);
  const late = page.waitForResponse(/finder\/find.*search=front/);
  answer();
  await (await late).finished();
  await expect(offered(page, 'SMS groups')).toHaveText(['Vaccinations', 'Vaccinations Ballard']);
});

test('what cannot be searched says so and can be tried again', async ({ page, quiet }) => {
  quiet.expectMessage(/Failed to load resource/);
  await page.goto(dashboard(alder));
  await page.route('**/rpc/finder/find?**', (route) => route.abort());
  await openPalette(page);
  await page.keyboard.type('vaccinations');
  await expect(palette(page).getByText(/^Groups, users and numbers could not be searched\. The portal could not be reached/)).toBeVisible();
  await page.unroute('**/rpc/finder/find?**');
  await palette(page).getByRole('button', { name: 'Try again' }).click();
  await expect(offered(page, 'SMS groups')).toHaveText(['Vaccinations', 'Vaccinations Ballard']);
});

test('nothing of another enterprise is found, and % and _ are only themselves', async ({ page, getPageAsUser }) => {
  await page.goto(dashboard(alder));
  await openPalette(page);
  for (const text of ['customs desk', '%', 'a_a']) {
    await finder(page).fill(text);
    await expect(palette(page).getByRole('option')).toHaveCount(0);
    await expect(palette(page).getByText(NOTHING).filter({ visible: true }).first()).toBeVisible();
  }
  const other = await getPageAsUser(people.borealisAdmin);
  await other.goto(dashboard(borealis));
  await openPalette(other);
  await finder(other).fill('customs desk');
  await expect(offered(other, 'SMS groups')).toHaveText([/^\s*Customs Desk/]);
});

test('without an enterprise there are pages to find', async ({ page }) => {
  await page.goto('/help/signing-in');
  await openPalette(page);
  await page.keyboard.type('alder');
  await expect(palette(page).getByRole('option')).toHaveText([/^\s*Alder Clinics\s+Enterprise$/]);
  await expect(palette(page).getByText('Open an enterprise to find its groups, users and numbers.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(atTab(alder, 'groups'));
});

test('an open dialog keeps the keys for itself, and what is typed there', async ({ page }) => {
  await openGroups(page);
  const opened = await openAddDialog(page);
  await opened.getByLabel('Group name').fill('Half typed');
  await page.keyboard.press(KEYS);
  await expect(palette(page)).toBeHidden();
  await expect(opened.getByLabel('Group name')).toHaveValue('Half typed');
});

test('the keys can be turned off; the button works on', async ({ page }) => {
  await page.goto(dashboard(alder));
  await accountMenu(page, people.alderAdmin).click();
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await dialog(page, 'Keyboard shortcuts').getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await expect(dialog(page, 'Keyboard shortcuts')).toBeHidden();
  await page.keyboard.press(KEYS);
  await expect(palette(page)).toBeHidden();
  await findButton(page).click();
  await expect(finder(page)).toBeFocused();
});

test.describe('a viewer', () => {
  test.use({ person: people.alderViewer });

  test('finds what an admin finds, and may look at it', async ({ page }) => {
    await page.goto(dashboard(alder));
    await openPalette(page);
    await page.keyboard.type('front desk ballard');
    await expect(offered(page, 'SMS groups')).toHaveText(['Front Desk Ballard']);
    await page.keyboard.press('Enter');
    const opened = dialog(page, 'Update SMS Group');
    await expect(opened.getByLabel('Group name')).toHaveValue('Front Desk Ballard');
    await expect(opened.getByRole('button', { name: 'Save' })).toBeDisabled();
  });
});

test.describe('a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('finds by touch, and everything fits', async ({ page }) => {
    await page.goto(dashboard(alder));
    await findButton(page).tap();
    await finder(page).fill('duarte darius');
    const group = offered(page, 'SMS groups').first();
    await expect(group).toBeInViewport({ ratio: 1 });
    await expect(finder(page)).toBeInViewport({ ratio: 1 });
    await expectNoSidewaysScroll(page);
    await group.tap();
    await expect(dialog(page, 'Update SMS Group').getByLabel('Group name')).toHaveValue('Front Desk');
  });
});

test.describe('a very narrow window', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('has the button beside the menu, and the palette fits', async ({ page }) => {
    await page.goto(dashboard(alder));
    await expectNoSidewaysScroll(page);
    await findButton(page).click();
    await finder(page).fill('darius');
    await expect(offered(page, 'Users').first()).toBeVisible();
    await expect(finder(page)).toBeInViewport({ ratio: 1 });
    await expectNoSidewaysScroll(page);
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('has nothing to report, empty, filled or without a result', async ({ page }) => {
      await page.goto(smsTab(alder, 'groups'));
      await openPalette(page);
      await expectAccessible(page);
      await finder(page).fill('0141');
      await expect(offered(page, 'Numbers')).toHaveCount(4);
      await expectAccessible(page);
      await finder(page).fill('darius');
      await expect(offered(page, 'Users')).toHaveCount(4);
      await expectAccessible(page);
      await finder(page).fill('nothing is called so');
      await expect(palette(page).getByText(NOTHING).first()).toBeVisible();
      await expect(palette(page).getByRole('option')).toHaveCount(0);
      await expectAccessible(page);
    });
  });
}
