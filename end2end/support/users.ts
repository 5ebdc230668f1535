// Teams users as people speak of them.
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

import type { Portal } from '../fixtures/portal.ts';
import { alder } from './addresses.ts';
import { addGroup, expectNotice, openGroups, pick, pickFreeNumber, picker, save, uniqueName } from './groups.ts';
import { cell, row, table } from './tables.ts';

/** The Users page, with parameters such as `search`. */
export function usersPage(enterprise: string, parameters: Record<string, string> = {}): string {
  const query = new URLSearchParams(parameters).toString();
  return `/e/${enterprise}/users${query ? `?${query}` : ''}`;
}

/** Opens Alder's users, only those that hold `search`. */
export async function openUsers(page: Page, search = ''): Promise<Locator> {
  await page.goto(usersPage(alder, search ? { search } : {}));
  return usersTable(page);
}

export function usersTable(page: Page): Locator {
  return table(page, 'Users');
}

/** Expects a row of that person whose cells hold these texts. */
export async function expectUser(users: Locator, name: string, values: Record<string, string | RegExp>): Promise<void> {
  const found = row(users, name);
  await expect(found).toHaveCount(1);
  for (const [column, value] of Object.entries(values)) {
    await expect(await cell(found, users, column)).toHaveText(value);
  }
}

/** Expects exactly these people in this order. */
export async function expectUsers(users: Locator, names: string[]): Promise<void> {
  await expect(users.getByRole('rowheader').getByRole('link')).toHaveText(names);
}

/** The dialog of one person. */
export async function openUser(page: Page, name: string): Promise<Locator> {
  await row(usersTable(page), name).getByRole('link', { name, exact: true }).click();
  const opened = page.getByRole('dialog', { name, exact: true });
  await expect(opened.getByText('Sign-in name')).toBeVisible();
  return opened;
}

/** SMS User Assignment, from the chip in the row. */
export async function openAssignment(page: Page, name: string): Promise<Locator> {
  await row(usersTable(page), name).getByRole('link', { name: `SMS numbers of ${name}` }).click();
  const opened = page.getByRole('dialog', { name: 'SMS User Assignment' });
  await expect(picker(opened, 'SMS numbers')).toBeVisible();
  return opened;
}

export type NewUser = { name: string; license?: string; blocked?: boolean };

/** People no other test uses, imported as at the command line; their names in the order given. */
export async function importUsers(portal: Portal, users: NewUser[]): Promise<string[]> {
  const mark = randomUUID().slice(0, 8);
  const named = users.map((user) => ({ ...user, name: `${user.name} ${mark}` }));
  const lines = named.map(({ name, license, blocked }) => {
    const principal = `${name.toLowerCase().replaceAll(' ', '.')}@alderclinics.example`;
    return [principal, name, license ?? 'Microsoft 365 E3', blocked ? 'True' : 'False'].join(',');
  });
  const file = join(portal.folder, `users-${mark}.csv`);
  await writeFile(file, ['User principal name,Display name,Licenses,Block credential', ...lines, ''].join('\n'));
  await portal.run('import', 'users', file, '--enterprise', alder);
  return named.map(({ name }) => name);
}

/** Chooses somebody in a picker of the Offboard dialog. */
export async function choosePerson(opened: Locator, label: string, name: string): Promise<void> {
  await pick(opened, label, name);
  await expect(picker(opened, label)).toHaveValue(name);
}

/** Gives a person so many free numbers; says which. */
export async function giveNumbers(page: Page, name: string, many: number): Promise<string[]> {
  await openUsers(page, name);
  const opened = await openAssignment(page, name);
  const numbers: string[] = [];
  while (numbers.length < many) {
    numbers.push(await pickFreeNumber(opened));
  }
  await save(opened);
  await expect(opened).toBeHidden();
  await expectNotice(page, `Numbers of ${name} saved.`);
  return numbers;
}

/** Adds somebody who has a number and owns a group, and another person to hand both to. */
export async function somebodyWithAll(page: Page, portal: Portal, leaving: string, staying: string) {
  const [leaver = '', heir = ''] = await importUsers(portal, [{ name: leaving }, { name: staying }]);
  const [number = ''] = await giveNumbers(page, leaver, 1);
  const owned = uniqueName('Owned');
  await openGroups(page, owned);
  await addGroup(page, { name: owned, owner: leaver, members: [leaver, 'Björn Brandt'] });
  return { leaver, heir, number, owned };
}

/** The Offboard dialog of a person of the open table. */
export async function openOffboard(page: Page, name: string): Promise<Locator> {
  const person = await openUser(page, name);
  await person.getByRole('button', { name: 'Offboard' }).click();
  const opened = page.getByRole('dialog', { name: `Offboard ${name}` });
  await expect(opened.getByRole('button', { name: 'Preview' })).toBeVisible();
  return opened;
}

/** Shows the preview; says what will happen. */
export async function preview(opened: Locator): Promise<Locator> {
  await opened.getByRole('button', { name: 'Preview' }).click();
  await expect(opened.getByText('This will happen')).toBeVisible();
  return opened.getByRole('status').getByRole('listitem');
}

/** Does what the preview shows. */
export async function offboard(page: Page, opened: Locator, name: string): Promise<void> {
  await opened.getByRole('button', { name: `Offboard ${name}` }).click();
  await expect(opened).toBeHidden();
  await expectNotice(page, `${name} offboarded.`);
}
