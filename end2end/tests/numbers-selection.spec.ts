// Selecting rows. What is done to many numbers is in numbers-many.spec.ts, since it changes them.
import { expect, test } from '../fixtures/test.ts';
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts';
import { alder, smsTab } from '../support/addresses.ts';
import { dialog } from '../support/groups.ts';
import { box, numbersPage, numbersTable, openAssign, pageBox, readyFilter, selectionBar } from '../support/numbers.ts';
import { people } from '../support/people.ts';
import { count, resetFilters, row, sortBy } from '../support/tables.ts';

const FIRST = '+1 206 555 0100';

test.use({ person: people.alderAdmin });

test('the box in the heading selects the page, and says when only some of it is', async ({ page }) => {
  await page.goto(numbersPage(alder));
  await expect(selectionBar(page)).toHaveCount(0);
  await box(page, FIRST).check();
  await expect(selectionBar(page)).toContainText('1 number selected');
  await expect(pageBox(page)).toHaveJSProperty('indeterminate', true);
  await pageBox(page).check();
  await expect(selectionBar(page)).toContainText('25 numbers selected');
  await expect(pageBox(page)).toBeChecked();
  await expect(pageBox(page)).toHaveJSProperty('indeterminate', false);
  await pageBox(page).uncheck();
  await expect(selectionBar(page)).toHaveCount(0);
});

test('all that match can be selected, also those on other pages', async ({ page }) => {
  await page.goto(numbersPage(alder));
  await readyFilter(page, 'Unassigned').click();
  await expect(count(page, '83 of 168 numbers')).toBeVisible();
  await pageBox(page).check();
  await selectionBar(page).getByRole('button', { name: 'Select all 83 numbers' }).click();
  await expect(selectionBar(page)).toContainText('83 numbers selected');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('26–50 of 83');
  await expect(pageBox(page)).toBeChecked();
  await expect(selectionBar(page)).toContainText('83 numbers selected');
});

test('a selection survives paging and sorting, and Reset Filters clears it', async ({ page }) => {
  await page.goto(numbersPage(alder, { search: '206' }));
  await box(page, FIRST).check();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('26–');
  await expect(selectionBar(page)).toContainText('1 number selected');
  await sortBy(numbersTable(page), 'Phone Number').click();
  await sortBy(numbersTable(page), 'Phone Number').click();
  await expect(box(page, FIRST)).toBeChecked();
  await expect(row(numbersTable(page), FIRST)).toHaveAttribute('data-selected', 'true');
  await resetFilters(page).click();
  await expect(selectionBar(page)).toHaveCount(0);
  await expect(box(page, FIRST)).not.toBeChecked();
});

test('rows are selected by keyboard, and the count is said', async ({ page }) => {
  await page.goto(numbersPage(alder));
  await pageBox(page).focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('status').filter({ hasText: '25 numbers selected' })).toHaveCount(1);
  await box(page, FIRST).focus();
  await page.keyboard.press('Space');
  await expect(box(page, FIRST)).not.toBeChecked();
  await expect(page.getByRole('status').filter({ hasText: '24 numbers selected' })).toHaveCount(1);
  await selectionBar(page).getByRole('button', { name: 'Clear selection' }).focus();
  await page.keyboard.press('Enter');
  await expect(selectionBar(page)).toHaveCount(0);
  await expect(pageBox(page)).toBeFocused();
});

test('tables without anything to do to many have no boxes', async ({ page }) => {
  await page.goto(smsTab(alder, 'groups'));
  await expect(page.getByRole('row').first()).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});

test('a dialog for many that is opened without any says so', async ({ page }) => {
  await page.goto(numbersPage(alder, { dialog: 'update-selected' }));
  await expect(dialog(page, 'Update Selected Numbers')).toContainText('No numbers are selected.');
});

test('without the browser’s part the boxes are there but cannot be ticked', { tag: '@no-js' }, async ({ page }) => {
  await page.goto(numbersPage(alder));
  await expect(box(page, FIRST)).toBeDisabled();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('a selection and its dialogs have nothing to report', async ({ page }) => {
      await page.goto(numbersPage(alder));
      await pageBox(page).check();
      await expect(selectionBar(page)).toBeVisible();
      await expectAccessible(page);
      await selectionBar(page).getByRole('button', { name: 'Update' }).click();
      await expect(dialog(page, 'Update Selected Numbers')).toBeVisible();
      await expectAccessible(page);
    });
  });
}

for (const width of [320, 390, 1024]) {
  test.describe(`${String(width)} px`, () => {
    test.use({ viewport: { width, height: 800 } });

    test('the page with a selection is no wider than the window', async ({ page }) => {
      await page.goto(numbersPage(alder));
      await expectNoSidewaysScroll(page);
      await box(page, FIRST).check();
      await expect(selectionBar(page)).toBeVisible();
      await expectNoSidewaysScroll(page);
      await openAssign(page, FIRST);
      await expectNoSidewaysScroll(page);
    });
  });
}
