// SMS groups as people speak of them.
import { randomUUID } from 'node:crypto';

import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

import type { Quiet } from '../fixtures/quiet.ts';
import { alder, smsTab } from './addresses.ts';
import { row, table } from './tables.ts';

export type Group = {
  name: string;
  owner: string;
  members: string[];
  /** How many free numbers to give it. */
  numbers?: number;
};

/** A name no other test uses. */
export function uniqueName(what: string): string {
  return `${what} ${randomUUID().slice(0, 8)}`;
}

/** Opens Alder's groups, only those that hold `search`. */
export async function openGroups(page: Page, search = ''): Promise<Locator> {
  await page.goto(smsTab(alder, 'groups', search ? { search } : {}));
  return groupsTable(page);
}

export function groupsTable(page: Page): Locator {
  return table(page, 'SMS groups');
}

export function dialog(page: Page, name: string | RegExp): Locator {
  return page.getByRole('dialog', { name });
}

export function question(page: Page, name: string | RegExp): Locator {
  return page.getByRole('alertdialog', { name });
}

export async function openAddDialog(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Add SMS Group' }).first().click();
  const opened = dialog(page, 'Add SMS Group');
  await expect(opened).toBeVisible();
  return opened;
}

export async function openUpdateDialog(page: Page, name: string): Promise<Locator> {
  await row(groupsTable(page), name).getByRole('link', { name: `Update ${name}` }).click();
  const opened = dialog(page, 'Update SMS Group');
  await expect(opened.getByLabel('Group name')).toHaveValue(name);
  return opened;
}

export async function openDeleteDialog(page: Page, name: string): Promise<Locator> {
  await row(groupsTable(page), name).getByRole('link', { name: `Delete ${name}` }).click();
  const opened = question(page, `Delete group ${name}?`);
  await expect(opened).toBeVisible();
  return opened;
}

/** The input of a picker. */
export function picker(dialog: Locator, label: string): Locator {
  return dialog.getByRole('combobox', { name: label });
}

/** What was chosen in a picker for many. */
export function chosen(dialog: Locator, label: string): Locator {
  return dialog.getByRole('list', { name: `Chosen: ${label}` }).getByRole('listitem');
}

/** Chooses an option by typing a part of it and pressing it with the mouse. */
export async function pick(dialog: Locator, label: string, option: string): Promise<void> {
  await picker(dialog, label).fill(option);
  await dialog.getByRole('option').filter({ hasText: option }).first().click();
}

/** Chooses the first number that is offered and not chosen yet; says which. */
export async function pickFreeNumber(dialog: Locator): Promise<string> {
  await picker(dialog, 'SMS numbers').click();
  const option = dialog.getByRole('option', { selected: false }).first();
  const number = /\+1 \d{3} \d{3} \d{4}/.exec((await option.textContent()) ?? '')?.[0];
  if (!number) {
    throw new Error('no free number is offered');
  }
  await option.click();
  await expect(chosen(dialog, 'SMS numbers').filter({ hasText: number })).toBeVisible();
  return number;
}

export async function save(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Save' }).click();
}

/** Fills in the Add dialog; says which numbers the group gets. */
export async function fillGroup(dialog: Locator, group: Group): Promise<string[]> {
  await dialog.getByLabel('Group name').fill(group.name);
  await pick(dialog, 'Team owner', group.owner);
  for (const member of group.members) {
    await pick(dialog, 'Members', member);
  }
  const numbers: string[] = [];
  while (numbers.length < (group.numbers ?? 0)) {
    numbers.push(await pickFreeNumber(dialog));
  }
  return numbers;
}

/** Adds a group through its dialog on the open Groups tab; says which numbers it got. */
export async function addGroup(page: Page, group: Group): Promise<string[]> {
  const opened = await openAddDialog(page);
  const numbers = await fillGroup(opened, group);
  await save(opened);
  await expect(opened).toBeHidden();
  await expectNotice(page, `Group ${group.name} added.`);
  return numbers.sort();
}

/** Adds a group and shows only it. */
export async function addGroupAlone(page: Page, group: Partial<Group> = {}): Promise<Group & { taken: string[] }> {
  const whole = { name: uniqueName('Group'), owner: 'Aaliyah Abbott', members: ['Björn Brandt'], ...group };
  await openGroups(page, whole.name);
  const taken = await addGroup(page, whole);
  await expect(row(groupsTable(page), whole.name)).toBeVisible();
  return { ...whole, taken };
}

/** Adds a member to a group, as somebody else does meanwhile. */
export async function addMember(page: Page, group: string, member: string): Promise<void> {
  await openGroups(page, group);
  const opened = await openUpdateDialog(page, group);
  await pick(opened, 'Members', member);
  await save(opened);
  await expect(opened).toBeHidden();
}

/** Has the server answer the table of groups, as where the list is too long to be taken over. */
export async function withoutGroupList(page: Page, quiet: Quiet): Promise<void> {
  quiet.expectMessage(/Failed to load resource/);
  quiet.expectMessage(/the list could not be taken over/);
  await page.route('**/rpc/sms_group/list_all*', (route) => route.abort());
}

/** A notice that something was done. */
export async function expectNotice(page: Page, text: string): Promise<void> {
  await expect(page.getByRole('region', { name: 'Notices' }).getByText(text)).toBeVisible();
}

/** The number as it is copied. */
export function e164(number: string): string {
  return number.replaceAll(' ', '');
}
