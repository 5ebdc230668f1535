// Importing files as people speak of it.
import { fileURLToPath } from 'node:url';

import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { alder } from './addresses.ts';
import { table } from './tables.ts';

type Kind = 'numbers' | 'users';
type SentFile = string | { name: string; mimeType: string; buffer: Buffer };

/** The page where a file is uploaded. */
export function importPage(enterprise: string, kind: Kind): string {
  return `/e/${enterprise}/${kind}/import`;
}

/** The path of one of the sample files. */
export function sample(name: string): string {
  return fileURLToPath(new URL(`../../backend/tests/data/${name}`, import.meta.url));
}

/** A file with this text. */
export function textFile(name: string, text: string, encoding: BufferEncoding = 'utf8'): SentFile {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(text, encoding) };
}

export function chooseButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Choose a file' });
}

/** Chooses a file by the button of the open page and waits until it was looked at. */
export async function chooseFile(page: Page, file: SentFile): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await chooseButton(page).click();
  await (await choosing).setFiles(file);
  await expectUploaded(page);
}

export async function expectUploaded(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'How the file is read' })).toBeVisible();
}

/** Uploads a file, to Alder unless another enterprise is named. */
export async function uploadFile(page: Page, kind: Kind, file: SentFile, enterprise = alder): Promise<void> {
  await page.goto(importPage(enterprise, kind));
  await chooseFile(page, file);
}

/** Expects what the last check or import came to. */
export async function expectCounts(page: Page, counts: string | RegExp): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: counts })).toBeVisible();
}

/** Checks the file and waits for what it came to. */
export async function check(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expectCounts(page, 'This was a check; nothing was changed.');
}

export function applyButton(page: Page): Locator {
  return page.getByRole('main').getByRole('button', { name: /^Import\b/ });
}

/** Imports the checked file and waits until that is done. */
export async function apply(page: Page): Promise<void> {
  await applyButton(page).click();
  await expect(page.getByText('The file was imported')).toBeVisible();
}

export function outcomes(page: Page): Locator {
  return table(page, 'Rows of the file');
}

/** A link above the rows that leaves some of them. */
export function readyRows(page: Page, name: string | RegExp): Locator {
  return page.getByRole('navigation', { name: 'Rows that need a look' }).getByRole('link', { name });
}

/** The rows by which people see whether the file is read right. */
export function firstRows(page: Page): Locator {
  return table(page, 'First rows as they are read');
}

/** The select for what a column holds, or another one of how the file is read. */
export function field(page: Page, label: string): Locator {
  return page.getByRole('combobox', { name: label, exact: true });
}

export function listButton(page: Page): Locator {
  return page.getByRole('button', { name: 'List numbers' });
}

/** Asks the carrier of a profile for its numbers, on the open page. */
export async function listNumbers(page: Page, profile: string): Promise<void> {
  await field(page, 'Carrier profile').selectOption(profile);
  await listButton(page).click();
}
