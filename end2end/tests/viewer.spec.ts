// Somebody who may look at everything but change nothing.
import type { Request } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { alder, atTab, smsTab } from '../support/addresses.ts';
import { dialog, groupsTable, openGroups, pickFreeNumber, picker, save, uniqueName, fillGroup, openAddDialog } from '../support/groups.ts';
import { ONLY_TO_LOOK, people } from '../support/people.ts';
import { expectRow, expectRows, row } from '../support/tables.ts';

/** Whether a request asks the server to change something: the list is asked for with POST as well. */
function changes(request: Request): boolean {
  return request.method() === 'POST' && !request.url().endsWith('/sms_group/list_all');
}

test.use({ person: people.alderViewer, database: 'changed' });

test('reads all tabs', { tag: '@reading' }, async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL(atTab(alder, 'groups'));
  await expect(page.getByRole('navigation', { name: 'SMS settings' }).getByRole('link')).toHaveText([
    'General',
    'Groups',
    'Carriers',
    'Domains',
  ]);
  await expectRow(groupsTable(page), { 'Group Name': 'Front Desk', Owner: 'Aaliyah Abbott' });
});

test('sees every action disabled, with the reason', async ({ page }) => {
  const groups = await openGroups(page, 'front desk');
  const actions = [
    page.getByRole('button', { name: 'Add SMS Group' }),
    row(groups, 'Front Desk').getByRole('link', { name: 'Update Front Desk' }),
    row(groups, 'Front Desk').getByRole('link', { name: 'Delete Front Desk' }),
  ];
  for (const action of actions) {
    await expect(action).toBeDisabled();
    await expect(action).toHaveAccessibleDescription(ONLY_TO_LOOK);
    await action.focus();
    await expect(page.getByText(ONLY_TO_LOOK).filter({ visible: true })).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(page).not.toHaveURL(/dialog/);
  }
});

test('can open a group to read it, but not save or delete it', async ({ page }) => {
  await openGroups(page, 'front desk');
  await page.getByRole('link', { name: 'Front Desk', exact: true }).click();
  const opened = dialog(page, 'Update SMS Group');
  await expect(picker(opened, 'Team owner')).toHaveValue('Aaliyah Abbott');
  await expect(opened.getByRole('button', { name: 'Save' })).toBeDisabled();
  await expect(opened.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(ONLY_TO_LOOK);
  const id = new URL(page.url()).searchParams.get('id') ?? '';
  await page.goto(smsTab(alder, 'groups', { dialog: 'delete', id }));
  await expect(page.getByRole('button', { name: 'Delete group' })).toBeDisabled();
  await page.goto(smsTab(alder, 'groups', { dialog: 'add' }));
  await expect(dialog(page, 'Add SMS Group').getByRole('button', { name: 'Save' })).toBeDisabled();
});

test('sends nothing by pressing Enter in a field', async ({ page }) => {
  await openGroups(page, 'front desk');
  await page.getByRole('link', { name: 'Front Desk', exact: true }).click();
  const name = dialog(page, 'Update SMS Group').getByLabel('Group name');
  await name.fill('Front Desk by somebody who may not');
  let sent = 0;
  page.on('request', (request) => (sent += Number(changes(request))));
  await name.press('Enter');
  await expect(name).toHaveValue('Front Desk by somebody who may not');
  await page.reload();
  await expectRows(groupsTable(page), ['Front Desk', 'Front Desk Ballard']);
  expect(sent).toBe(0);
});

test.describe('an admin who does the same', () => {
  test.use({ person: people.alderAdmin });

  test('may', async ({ page }) => {
    await openGroups(page);
    const opened = await openAddDialog(page);
    await expect(opened.getByRole('button', { name: 'Save' })).toBeEnabled();
    await fillGroup(opened, { name: uniqueName('Allowed'), owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    await pickFreeNumber(opened);
    await save(opened);
    await expect(opened).toBeHidden();
  });
});
