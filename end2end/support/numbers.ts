// Phone numbers as people speak of them.
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { dialog, expectNotice, save } from './groups.ts';
import { row, table } from './tables.ts';

/** The address of the Numbers page, with parameters such as `search`. */
export function numbersPage(enterprise: string, parameters: Record<string, string> = {}): string {
  const query = new URLSearchParams(parameters).toString();
  return `/e/${enterprise}/numbers${query ? `?${query}` : ''}`;
}

export function numbersTable(page: Page): Locator {
  return table(page, 'Phone numbers');
}

/** A link above the table that sets its filters. */
export function readyFilter(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Ready-made filters' }).getByRole('link', { name });
}

/** Adds a number through its dialog on the open page. */
export async function addNumber(page: Page, number: string): Promise<void> {
  await page.getByRole('button', { name: 'Add Number' }).first().click();
  const opened = dialog(page, 'Add Number');
  await opened.getByLabel('Phone number').fill(number);
  await save(opened);
  await expect(opened).toBeHidden();
  await expectNotice(page, `Number ${number} added.`);
}

/** Opens the assignment dialog of a number. */
export async function openAssign(page: Page, number: string): Promise<Locator> {
  await row(numbersTable(page), number).getByRole('link', { name: `Assign ${number}`, exact: true }).click();
  const opened = dialog(page, 'Assign Number');
  await expect(opened.getByText(number, { exact: true })).toBeVisible();
  return opened;
}

/** The box that selects a row. */
export function box(page: Page, number: string): Locator {
  return page.getByRole('checkbox', { name: `Select ${number}` });
}

/** The box in the heading. */
export function pageBox(page: Page): Locator {
  return page.getByRole('checkbox', { name: 'Select all rows on this page' });
}

/** What stands above the table while rows are selected. */
export function selectionBar(page: Page): Locator {
  return page.getByRole('group', { name: 'Selected rows' });
}
