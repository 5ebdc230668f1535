// Changing groups.
import { expect, test } from '../fixtures/test.ts';
import { alder, borealis, smsTab } from '../support/addresses.ts';
import {
  addGroupAlone,
  chosen,
  dialog,
  expectNotice,
  groupsTable,
  openAddDialog,
  openGroups,
  openUpdateDialog,
  pick,
  pickFreeNumber,
  picker,
  question,
  save,
} from '../support/groups.ts';
import { people } from '../support/people.ts';
import { expectRow, row } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

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
