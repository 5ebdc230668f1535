// Tables as people speak of them: by caption, heading and the name of the row.
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The table with this caption. */
export function table(page: Page, caption: string): Locator {
  return page.getByRole('table', { name: caption });
}

/** The row that the first column calls `name`. */
export function row(table: Locator, name: string): Locator {
  const heading = table.page().getByRole('rowheader').getByText(name, { exact: true });
  return table.getByRole('row').filter({ has: heading });
}

/** The heading of a column. */
export function heading(table: Locator, column: string): Locator {
  return table.getByRole('columnheader', { name: new RegExp(`^${column}\\b`) });
}

/** The link in a heading that sorts by its column. */
export function sortBy(table: Locator, column: string): Locator {
  return heading(table, column).getByRole('link', { name: column });
}

/** The cell of a row under a heading. */
export async function cell(row: Locator, table: Locator, column: string): Promise<Locator> {
  const index = await heading(table, column).evaluate((cell) => (cell as HTMLTableCellElement).cellIndex);
  return row.getByRole('rowheader').or(row.getByRole('cell')).nth(index);
}

/** What the cells of a row hold: a text, or the entries of a list. */
export type RowValues = Record<string, string | RegExp | string[]>;

/** Expects a row with these values; the first of them is the name of the row. */
export async function expectRow(table: Locator, values: RowValues): Promise<void> {
  const [name] = Object.values(values);
  if (typeof name !== 'string') {
    throw new Error('the first value names the row');
  }
  const found = row(table, name);
  await expect(found).toHaveCount(1);
  for (const [column, value] of Object.entries(values)) {
    const at = await cell(found, table, column);
    if (Array.isArray(value)) {
      await expect(at.getByRole('listitem')).toHaveText(value);
    } else if (typeof value === 'string') {
      await expect(at).toHaveText(value);
    } else {
      await expect.poll(() => words(at)).toMatch(value);
    }
  }
}

/** The text of an element with its white space made single. */
async function words(element: Locator): Promise<string> {
  return ((await element.textContent()) ?? '').replace(/\s+/g, ' ').trim();
}

/** Expects no row of that name. */
export async function expectNoRow(table: Locator, name: string): Promise<void> {
  await expect(row(table, name)).toHaveCount(0);
}

/** Expects exactly these rows in this order. */
export async function expectRows(table: Locator, names: string[]): Promise<void> {
  await expect(table.getByRole('rowheader')).toHaveText(names);
}

/** The line that says how many rows there are. */
export function count(page: Page, text: string | RegExp): Locator {
  return page.getByRole('status').filter({ hasText: text });
}

/** Searches by sending the form, which works with and without scripts. */
export async function search(page: Page, text: string): Promise<void> {
  await page.getByRole('searchbox').fill(text);
  await page.getByRole('searchbox').press('Enter');
}

/** Chooses how many rows a page has, with and without scripts. */
export async function choosePageSize(page: Page, rows: number): Promise<void> {
  await page.getByLabel('Rows per page').selectOption(String(rows));
  const apply = page.getByRole('button', { name: 'Apply' });
  if (await apply.isVisible()) {
    await apply.click();
  }
}

/** How much red and green there is in the colour of a text. */
export async function colour(text: Locator): Promise<{ red: number; green: number }> {
  const written = await text.evaluate((element) => getComputedStyle(element).color);
  const [red = 0, green = 0] = (written.match(/[\d.]+/g) ?? []).map(Number);
  return { red, green };
}

/** Opens the filter of a column. */
export async function openFilter(table: Locator, column: string): Promise<Locator> {
  await table.getByRole('button', { name: new RegExp(`^Filter ${column}`) }).click();
  const filter = table.page().getByRole('dialog', { name: `Filter by ${column}` });
  await expect(filter).toBeVisible();
  return filter;
}

/** The chips of the active filters. */
export function filterChips(page: Page): Locator {
  return page.getByRole('list', { name: 'Active filters' }).getByRole('listitem');
}

/** Reset Filters above the table. */
export function resetFilters(page: Page): Locator {
  return page.getByRole('link', { name: 'Reset Filters' }).first();
}

/** The buttons of a row. */
export function groupActions(table: Locator, name: string): Locator[] {
  return ['Update', 'Delete'].map((action) => row(table, name).getByRole('link', { name: `${action} ${name}` }));
}
