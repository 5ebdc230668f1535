// Adding groups.
import type { Route } from '@playwright/test';

import { expect, test } from '../fixtures/test.ts';
import { alder, smsTab } from '../support/addresses.ts';
import {
  addGroup,
  addGroupAlone,
  chosen,
  dialog,
  e164,
  expectNotice,
  fillGroup,
  groupsTable,
  openAddDialog,
  openGroups,
  pick,
  pickFreeNumber,
  picker,
  save,
  uniqueName,
} from '../support/groups.ts';
import { people } from '../support/people.ts';
import { count, expectRow, expectRows, search } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

test.describe('adding', () => {
  test('a group appears in the table with everything in it', async ({ page }) => {
    const name = uniqueName('Front Office');
    const groups = await openGroups(page, name);
    await expect(page.getByText('No groups match')).toBeVisible();
    const numbers = await addGroup(page, {
      name,
      owner: 'Fatima Fischer',
      members: ['Björn Brandt', 'Camila Castillo'],
      numbers: 2,
    });
    await expectRow(groups, {
      'Group Name': name,
      'Group Members': '2',
      'Group Phone Numbers': numbers,
      Owner: 'Fatima Fischer',
    });
    await expect(page).not.toHaveURL(/dialog/);
  });

  test('the row comes at its place in the order', async ({ page }) => {
    const mark = uniqueName('Order');
    const groups = await openGroups(page, mark);
    for (const name of [`${mark} c`, `${mark} a`, `${mark} b`]) {
      await addGroup(page, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    }
    await expectRows(groups, [`${mark} a`, `${mark} b`, `${mark} c`]);
  });

  test('the name gets the focus, and Cancel changes nothing', async ({ page }) => {
    await openGroups(page);
    const opened = await openAddDialog(page);
    await expect(opened.getByLabel('Group name')).toBeFocused();
    await expect(page).toHaveURL(/dialog=add/);
    await opened.getByRole('button', { name: 'Cancel' }).click();
    await expect(opened).toBeHidden();
    await expect(page).not.toHaveURL(/dialog/);
    await expect(page.getByRole('button', { name: 'Add SMS Group' })).toBeFocused();
  });

  test('Escape leaves the dialog at once, from every control', async ({ page }) => {
    await openGroups(page);
    for (const control of ['Save', 'Cancel', 'Close']) {
      const opened = await openAddDialog(page);
      await expect(opened.getByLabel('Group name')).toBeFocused();
      await opened.getByRole('button', { name: control }).focus();
      await page.keyboard.press('Escape');
      await expect(opened).toBeHidden();
    }
  });

  test('everything is done by keyboard', async ({ page }) => {
    const name = uniqueName('Keyboard');
    const groups = await openGroups(page, name);
    await page.getByRole('button', { name: 'Add SMS Group' }).first().focus();
    await page.keyboard.press('Enter');
    const opened = dialog(page, 'Add SMS Group');
    await expect(opened.getByLabel('Group name')).toBeFocused();
    await page.keyboard.type(name);

    await page.keyboard.press('Tab');
    await expect(picker(opened, 'Team owner')).toBeFocused();
    await page.keyboard.type('fatima fi');
    await expect(opened.getByRole('option')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(picker(opened, 'Team owner')).toHaveValue('Fatima Fischer');
    await expect(picker(opened, 'Team owner')).toHaveAttribute('aria-expanded', 'false');

    await picker(opened, 'Members').focus();
    for (const [typed, member] of [
      ['björn br', 'Björn Brandt'],
      ['camila ca', 'Camila Castillo'],
    ] as const) {
      await page.keyboard.type(typed);
      await expect(opened.getByRole('option')).toHaveText([new RegExp(member)]);
      await page.keyboard.press('Enter');
      await expect(chosen(opened, 'Members').filter({ hasText: member })).toBeVisible();
    }
    await page.keyboard.press('Escape');
    await expect(picker(opened, 'Members')).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('Backspace');
    await expect(chosen(opened, 'Members')).toHaveText(['Björn Brandt']);

    await page.keyboard.press('Tab');
    await expect(picker(opened, 'SMS numbers')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(opened.getByRole('option').first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(chosen(opened, 'SMS numbers')).toHaveCount(1);
    const number = (await chosen(opened, 'SMS numbers').first().innerText()).trim();

    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(opened.getByRole('button', { name: 'Save' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(opened).toBeHidden();
    await expectRow(groups, {
      'Group Name': name,
      'Group Members': '1',
      'Group Phone Numbers': [number],
      Owner: 'Fatima Fischer',
    });
    await expect(page.getByRole('button', { name: 'Add SMS Group' }).first()).toBeFocused();
  });

  test('what is missing is told beside each field and above all, with the focus', async ({ page, quiet }) => {
    quiet.expectAnswer(422);
    await openGroups(page);
    const opened = await openAddDialog(page);
    await save(opened);
    const summary = opened.getByRole('alert');
    await expect(summary).toBeFocused();
    await expect(summary.getByRole('link')).toHaveText([
      'Enter a name for the group.',
      'Choose who owns the group.',
      'Add at least one member.',
    ]);
    await expect(opened.getByLabel('Group name')).toHaveAccessibleDescription(/Enter a name for the group\./);
    await expect(opened.getByLabel('Group name')).toHaveAttribute('aria-invalid', 'true');
    await expect(picker(opened, 'Team owner')).toHaveAccessibleDescription(/Choose who owns the group\./);
    await expect(picker(opened, 'Members')).toHaveAccessibleDescription(/Add at least one member\./);
    await expect(picker(opened, 'SMS numbers')).not.toHaveAttribute('aria-invalid');
    await summary.getByRole('link', { name: 'Add at least one member.' }).click();
    await expect(picker(opened, 'Members')).toBeFocused();
  });

  test('a name that is taken is told, and nothing typed is lost', async ({ page, quiet }) => {
    quiet.expectAnswer(409);
    const { name } = await addGroupAlone(page);
    const opened = await openAddDialog(page);
    await fillGroup(opened, { name: `  ${name.toUpperCase()} `, owner: 'Fatima Fischer', members: ['Björn Brandt'] });
    await save(opened);
    await expect(opened.getByRole('alert')).toContainText('Another group already has this name. Choose another.');
    await expect(opened.getByLabel('Group name')).toHaveAttribute('aria-invalid', 'true');
    await expect(picker(opened, 'Team owner')).toHaveValue('Fatima Fischer');
    const other = uniqueName('Other');
    await opened.getByLabel('Group name').fill(other);
    await save(opened);
    await expect(opened).toBeHidden();
    await expectNotice(page, `Group ${other} added.`);
  });

  test('a number that is taken meanwhile is told by name', async ({ page, getPageAsUser, quiet }) => {
    quiet.expectAnswer(422);
    await openGroups(page);
    const opened = await openAddDialog(page);
    await fillGroup(opened, { name: uniqueName('Late'), owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    const number = await pickFreeNumber(opened);

    const other = await getPageAsUser(people.adminOfBoth);
    const quick = uniqueName('Quick');
    await openGroups(other, quick);
    const theirs = await openAddDialog(other);
    await fillGroup(theirs, { name: quick, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    await pick(theirs, 'SMS numbers', number);
    await save(theirs);
    await expect(theirs).toBeHidden();

    await save(opened);
    await expect(opened.getByRole('alert')).toContainText(`${number} belongs to ${quick} now.`);
    await expect(picker(opened, 'SMS numbers')).toHaveAttribute('aria-invalid', 'true');
    await opened.getByRole('button', { name: `Remove ${number}` }).click();
    await save(opened);
    await expect(opened).toBeHidden();
  });

  test('pressing Save twice makes one group', async ({ page }) => {
    const name = uniqueName('Twice');
    const groups = await openGroups(page, name);
    await page.route('**/rpc/sms_group/create', async (route) => {
      const answer = await route.fetch();
      await released;
      await route.fulfill({ response: answer });
    });
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    let sent = 0;
    page.on('request', (request) => (sent += Number(request.url().includes('/rpc/sms_group/create'))));
    const opened = await openAddDialog(page);
    await fillGroup(opened, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    await opened.getByRole('button', { name: 'Save' }).dblclick();
    await expect(opened.getByRole('button', { name: 'Save' })).toHaveAttribute('aria-busy', 'true');
    await opened.getByLabel('Group name').press('Enter');
    release();
    await expect(opened).toBeHidden();
    await expectRows(groups, [name]);
    expect(sent).toBe(1);
  });

  const lost: Record<string, (route: Route) => Promise<void>> = {
    'is cut off': (route) => route.abort(),
    'a proxy answers': (route) =>
      route.fulfill({ status: 502, contentType: 'text/html', body: '<html><h1>502 Bad Gateway</h1></html>' }),
  };
  for (const [how, lose] of Object.entries(lost)) {
    test(`a save that ${how} keeps the dialog`, async ({ page, quiet }) => {
      quiet.expectMessage(/Failed to load resource/);
      const name = uniqueName('Offline');
      const groups = await openGroups(page, name);
      const opened = await openAddDialog(page);
      await fillGroup(opened, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
      await page.route('**/rpc/sms_group/create', lose);
      await save(opened);
      await expect(opened.getByRole('alert')).toContainText('The portal could not be reached.');
      await expect(opened.getByLabel('Group name')).toHaveValue(name);
      await page.unroute('**/rpc/sms_group/create');
      await save(opened);
      await expectRows(groups, [name]);
    });
  }
});

test('a new number is found by the search in every form', async ({ page }) => {
  const { name, taken } = await addGroupAlone(page, { numbers: 1 });
  const [number = ''] = taken;
  await page.goto(smsTab(alder, 'groups'));
  for (const written of [e164(number), number.slice(3), number.slice(3).replace(' ', ') ').replace(/^/, '(')]) {
    await search(page, written);
    await expectRows(groupsTable(page), [name]);
    await expect(count(page, /^1 of \d+ groups$/)).toBeVisible();
  }
});
