// Adding, changing and deleting groups.
import { expect, test } from '../fixtures/test.ts';
import { alder, borealis, smsTab } from '../support/addresses.ts';
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
  openDeleteDialog,
  openGroups,
  openUpdateDialog,
  pick,
  pickFreeNumber,
  picker,
  question,
  save,
  uniqueName,
} from '../support/groups.ts';
import { people } from '../support/people.ts';
import { count, expectNoRow, expectRow, expectRows, row, search } from '../support/tables.ts';

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
      await expect(opened.getByRole('option')).toHaveCount(1);
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

  test('a save that does not come through keeps the dialog', async ({ page, quiet }) => {
    quiet.expectMessage(/Failed to load resource/);
    const name = uniqueName('Offline');
    const groups = await openGroups(page, name);
    const opened = await openAddDialog(page);
    await fillGroup(opened, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    await page.route('**/rpc/sms_group/create', (route) => route.abort());
    await save(opened);
    await expect(opened.getByRole('alert')).toContainText('The portal could not be reached.');
    await expect(opened.getByLabel('Group name')).toHaveValue(name);
    await page.unroute('**/rpc/sms_group/create');
    await save(opened);
    await expectRows(groups, [name]);
  });
});

test.describe('pickers', () => {
  test('people are found by sign-in name, and marked where messages would not reach them', async ({ page }) => {
    await openGroups(page);
    const opened = await openAddDialog(page);
    await picker(opened, 'Members').fill('rosa.rossi@');
    await expect(opened.getByRole('option')).toHaveText([/Rosa Rossi[^]*rosa\.rossi@alderclinics\.example[^]*No Teams license/]);
    await picker(opened, 'Members').fill('esther brandt');
    await expect(opened.getByRole('option')).toHaveText([/Esther Brandt[^]*Sign-in blocked/]);
    await picker(opened, 'Members').fill('sven vega');
    await expect(opened.getByRole('option')).toHaveText([/Sven Vega[^]*License unknown/]);
    await picker(opened, 'Members').fill('nobody of that name');
    await expect(opened.getByText('Nothing matches. Try fewer letters.').first()).toBeVisible();
    await expect(opened.getByRole('option')).toHaveCount(0);
  });

  test('only numbers that can do SMS and are free are offered', async ({ page }) => {
    await openGroups(page);
    const opened = await openAddDialog(page);
    await picker(opened, 'SMS numbers').fill('+12065550100');
    await expect(opened.getByText('Nothing matches. Try fewer letters.').first()).toBeVisible();
    await picker(opened, 'SMS numbers').fill('253 555 0117');
    await expect(opened.getByText('Nothing matches. Try fewer letters.').first()).toBeVisible();
    await picker(opened, 'SMS numbers').fill('(253) 555-0118');
    await expect(opened.getByRole('option')).toHaveText([/\+1 253 555 0118/]);
  });

  test('the list says how many fit, and which option the keyboard is at', async ({ page }) => {
    await openGroups(page);
    const opened = await openAddDialog(page);
    const owner = picker(opened, 'Team owner');
    await owner.fill('fatima');
    const options = opened.getByRole('option');
    await expect(options.first()).toBeVisible();
    await expect(options.filter({ hasNotText: 'Fatima' })).toHaveCount(0);
    await expect(opened.getByRole('status').filter({ hasText: /^\d+ options$/ })).toBeAttached();
    await owner.press('ArrowDown');
    const active = await owner.getAttribute('aria-activedescendant');
    expect(active).toBe(await options.nth(1).getAttribute('id'));
    await owner.press('Home');
    await owner.press('Escape');
    await expect(options).toHaveCount(0);
    await expect(opened).toBeVisible();
  });

  test('chips are walked and removed by keyboard', async ({ page }) => {
    await openGroups(page);
    const opened = await openAddDialog(page);
    for (const member of ['Björn Brandt', 'Camila Castillo', 'Darius Duarte']) {
      await pick(opened, 'Members', member);
    }
    await expect(chosen(opened, 'Members')).toHaveText(['Björn Brandt', 'Camila Castillo', 'Darius Duarte']);
    await picker(opened, 'Members').press('Escape');
    await picker(opened, 'Members').press('ArrowLeft');
    await expect(opened.getByRole('button', { name: 'Remove Darius Duarte' })).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(opened.getByRole('button', { name: 'Remove Camila Castillo' })).toBeFocused();
    await page.keyboard.press('Delete');
    await expect(chosen(opened, 'Members')).toHaveText(['Björn Brandt', 'Darius Duarte']);
    await expect(opened.getByRole('button', { name: 'Remove Darius Duarte' })).toBeFocused();
    await opened.getByRole('button', { name: 'Remove Björn Brandt' }).click();
    await expect(chosen(opened, 'Members')).toHaveText(['Darius Duarte']);
  });

  test('the owner can be cleared and chosen anew', async ({ page }) => {
    await openGroups(page);
    const opened = await openAddDialog(page);
    await pick(opened, 'Team owner', 'Fatima Fischer');
    await expect(picker(opened, 'Team owner')).toHaveValue('Fatima Fischer');
    await opened.getByRole('button', { name: 'Clear choice' }).click();
    await expect(picker(opened, 'Team owner')).toHaveValue('');
    await expect(picker(opened, 'Team owner')).toBeFocused();
    await pick(opened, 'Team owner', 'Björn Brandt');
    await expect(picker(opened, 'Team owner')).toHaveValue('Björn Brandt');
  });

  test('text that chooses nobody does not stay in the owner', async ({ page }) => {
    await openGroups(page);
    const opened = await openAddDialog(page);
    await pick(opened, 'Team owner', 'Fatima Fischer');
    await picker(opened, 'Team owner').fill('Somebody El');
    await opened.getByLabel('Group name').focus();
    await expect(picker(opened, 'Team owner')).toHaveValue('Fatima Fischer');
  });
});

test.describe('changing', () => {
  test('everything about a group can be changed', async ({ page }) => {
    const { name, taken } = await addGroupAlone(page, { numbers: 1 });
    const groups = groupsTable(page);
    const opened = await openUpdateDialog(page, name);
    await expect(picker(opened, 'Team owner')).toHaveValue('Aaliyah Abbott');
    await expect(chosen(opened, 'Members')).toHaveText(['Björn Brandt']);
    await expect(chosen(opened, 'SMS numbers')).toHaveText(taken);

    const renamed = `${name} renamed`;
    await opened.getByLabel('Group name').fill(renamed);
    await pick(opened, 'Team owner', 'Camila Castillo');
    await pick(opened, 'Members', 'Darius Duarte');
    await opened.getByRole('button', { name: 'Remove Björn Brandt' }).click();
    await opened.getByRole('button', { name: `Remove ${taken[0]}` }).click();
    const number = await pickFreeNumber(opened);
    await save(opened);
    await expect(opened).toBeHidden();
    await expectNotice(page, `Group ${renamed} saved.`);
    await expectRow(groups, {
      'Group Name': renamed,
      'Group Members': '1',
      'Group Phone Numbers': [number],
      Owner: 'Camila Castillo',
    });
  });

  test('the name of a group opens its dialog; the focus returns to it', async ({ page }) => {
    await openGroups(page, 'front desk');
    const link = page.getByRole('link', { name: 'Front Desk', exact: true });
    await link.focus();
    await page.keyboard.press('Enter');
    const opened = dialog(page, 'Update SMS Group');
    await expect(opened.getByLabel('Group name')).toHaveValue('Front Desk');
    await expect(opened.getByLabel('Group name')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(opened).toBeHidden();
    await expect(link).toBeFocused();
  });

  test('the focus stays in the dialog', async ({ page }) => {
    await openGroups(page, 'front desk');
    const opened = await openUpdateDialog(page, 'Front Desk');
    for (let step = 0; step < 15; step++) {
      await page.keyboard.press('Tab');
      const outside = await page.evaluate(() => {
        const focused = document.activeElement;
        return focused !== document.body && focused?.closest('dialog') === null;
      });
      expect(outside).toBe(false);
    }
    await expect(opened).toBeVisible();
  });

  test('Escape asks before it drops what was typed', async ({ page }) => {
    await openGroups(page, 'front desk');
    const opened = await openUpdateDialog(page, 'Front Desk');
    await opened.getByLabel('Group name').fill('Front Desk by night');
    await page.keyboard.press('Escape');
    const asked = question(page, 'Discard your changes?');
    await expect(asked).toBeVisible();
    await expect(asked.getByRole('button', { name: 'Keep editing' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(asked).toBeHidden();
    await expect(opened.getByLabel('Group name')).toHaveValue('Front Desk by night');
    await opened.getByRole('button', { name: 'Cancel' }).click();
    await asked.getByRole('button', { name: 'Discard' }).click();
    await expect(opened).toBeHidden();
    await expect(row(groupsTable(page), 'Front Desk')).toBeVisible();
    const again = await openUpdateDialog(page, 'Front Desk');
    await page.keyboard.press('Escape');
    await expect(again).toBeHidden();
  });

  test('the question itself is left by Escape, more than once', async ({ page }) => {
    await openGroups(page);
    const opened = await openAddDialog(page);
    await opened.getByLabel('Group name').fill('Something');
    const asked = question(page, 'Discard your changes?');
    for (let time = 0; time < 3; time++) {
      await page.keyboard.press('Escape');
      await expect(asked).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(asked).toBeHidden();
      await expect(opened).toBeVisible();
    }
  });

  test('an address opens a dialog, Back closes it', async ({ page }) => {
    await openGroups(page, 'front desk');
    await openUpdateDialog(page, 'Front Desk');
    const address = page.url();
    expect(address).toContain('dialog=update&id=');
    await page.goBack();
    await expect(dialog(page, 'Update SMS Group')).toBeHidden();
    await page.goForward();
    await expect(dialog(page, 'Update SMS Group').getByLabel('Group name')).toHaveValue('Front Desk');

    await page.goto(smsTab(alder, 'general'));
    await page.goto(address);
    const opened = dialog(page, 'Update SMS Group');
    await expect(opened.getByLabel('Group name')).toHaveValue('Front Desk');
    await expect(opened.getByLabel('Group name')).toBeFocused();
    await opened.getByRole('button', { name: 'Close' }).click();
    await expect(opened).toBeHidden();
    await expect(page).toHaveURL(smsTab(alder, 'groups', { search: 'front desk' }).replace('+', '%20'));
  });

  test('a group that is gone or belongs to somebody else cannot be opened', async ({ page, quiet, getPageAsUser }) => {
    quiet.expectAnswer(404);
    await openGroups(page, 'front desk');
    await openUpdateDialog(page, 'Front Desk');
    const id = new URL(page.url()).searchParams.get('id') ?? '';
    const other = await getPageAsUser(people.borealisAdmin);
    for (const strange of [id, '019a0000-0000-7006-8001-00000000ffff']) {
      await other.goto(smsTab(borealis, 'groups', { dialog: 'update', id: strange }));
      const opened = dialog(other, 'Update SMS Group');
      await expect(opened.getByRole('alert')).toContainText('This SMS group does not exist. It may have been deleted.');
      await opened.getByRole('button', { name: 'Close' }).last().click();
      await expect(opened).toBeHidden();
    }
  });
});

test.describe('deleting', () => {
  test('the question names what follows; the numbers are free afterwards', async ({ page }) => {
    const { name, taken } = await addGroupAlone(page, { members: ['Björn Brandt', 'Camila Castillo'], numbers: 2 });
    const groups = groupsTable(page);
    const asked = await openDeleteDialog(page, name);
    await expect(asked.getByRole('listitem')).toHaveText([
      `2 numbers become free: ${taken.join(', ')}.`,
      '2 members stop receiving and sending messages on them.',
    ]);
    await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await asked.getByRole('button', { name: 'Delete group' }).click();
    await expect(asked).toBeHidden();
    await expectNotice(page, `Group ${name} deleted.`);
    await expectNoRow(groups, name);

    const opened = await openAddDialog(page);
    await pick(opened, 'SMS numbers', taken[0] ?? '');
    await expect(chosen(opened, 'SMS numbers')).toHaveText([taken[0] ?? '']);
  });

  test('the question about a group without numbers', async ({ page }) => {
    const { name } = await addGroupAlone(page);
    const asked = await openDeleteDialog(page, name);
    await expect(asked.getByRole('listitem')).toHaveText(['The group has no numbers, so none becomes free.']);
  });

  test('Cancel and Escape keep the group', async ({ page }) => {
    const { name } = await addGroupAlone(page);
    const asked = await openDeleteDialog(page, name);
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await expect(asked).toBeHidden();
    await expect(page.getByRole('link', { name: `Delete ${name}` })).toBeFocused();
    await openDeleteDialog(page, name);
    await page.keyboard.press('Escape');
    await expect(asked).toBeHidden();
    await page.reload();
    await expect(row(groupsTable(page), name)).toBeVisible();
  });

  test('only what was shown is deleted', async ({ page, getPageAsUser, quiet }) => {
    quiet.expectAnswer(409);
    // A page that does not hear of the change, as with a broken connection.
    quiet.expectMessage(/Failed to load resource: .* \(.*\/rpc\/live\//);
    await page.route('**/rpc/live/**', (route) => route.abort());
    const { name } = await addGroupAlone(page);
    const asked = await openDeleteDialog(page, name);
    const other = await getPageAsUser(people.adminOfBoth);
    await openGroups(other, name);
    const opened = await openUpdateDialog(other, name);
    await pick(opened, 'Members', 'Camila Castillo');
    await save(opened);
    await expect(opened).toBeHidden();
    await asked.getByRole('button', { name: 'Delete group' }).click();
    await expect(asked.getByRole('alert')).toContainText('Somebody else changed this while you were editing it.');
    await page.reload();
    await expect(row(groupsTable(page), name)).toBeVisible();
  });
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
