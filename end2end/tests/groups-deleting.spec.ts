// Deleting groups.
import { expect, test } from '../fixtures/test.ts';
import {
  addGroup,
  addGroupAlone,
  addMember,
  chosen,
  expectNotice,
  groupsTable,
  openAddDialog,
  openDeleteDialog,
  openGroups,
  pick,
  uniqueName,
} from '../support/groups.ts';
import { people } from '../support/people.ts';
import { expectNoRow, expectRows, row } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

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

  test('leaves the focus on the next row, and on the table when there is none', async ({ page }) => {
    const mark = uniqueName('Focus');
    const groups = await openGroups(page, mark);
    for (const letter of ['a', 'b']) {
      await addGroup(page, { name: `${mark} ${letter}`, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    }
    await expectRows(groups, [`${mark} a`, `${mark} b`]);
    const first = await openDeleteDialog(page, `${mark} a`);
    await first.getByRole('button', { name: 'Delete group' }).click();
    await expectRows(groups, [`${mark} b`]);
    await expect(page.getByRole('link', { name: `Delete ${mark} b` })).toBeFocused();
    const second = await openDeleteDialog(page, `${mark} b`);
    await second.getByRole('button', { name: 'Delete group' }).click();
    await expectNoRow(groups, `${mark} b`);
    await expect(page.getByRole('region', { name: 'SMS groups' })).toBeFocused();
  });

  test('only what was shown is deleted', async ({ page, getPageAsUser, quiet }) => {
    quiet.expectAnswer(409);
    // A page that does not hear of the change, as with a broken connection.
    quiet.expectMessage(/Failed to load resource: .* \(.*\/rpc\/live\//);
    await page.route('**/rpc/live/**', (route) => route.abort());
    const { name } = await addGroupAlone(page);
    const asked = await openDeleteDialog(page, name);
    const other = await getPageAsUser(people.adminOfBoth);
    await addMember(other, name, 'Camila Castillo');
    await asked.getByRole('button', { name: 'Delete group' }).click();
    await expect(asked.getByRole('alert')).toContainText('Somebody else changed this while you were editing it.');
    await page.reload();
    await expect(row(groupsTable(page), name)).toBeVisible();
  });
});
