// Names that try to be something else.
import { expect, test } from '../fixtures/test.ts';
import {
  addGroup,
  fillGroup,
  groupsTable,
  openAddDialog,
  openDeleteDialog,
  openGroups,
  openUpdateDialog,
  save,
  uniqueName,
} from '../support/groups.ts';
import { people } from '../support/people.ts';
import { expectRow, expectRows } from '../support/tables.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

for (const payload of [
  '</textarea><script>hit()</script>',
  '<img src=x onerror=hit()>',
  '"><svg onload=hit()>',
  "'; DROP TABLE sms_group; --",
  '{{7*7}} ${7*7} &lt;b&gt;',
  '%_\\ 100%',
  '👩🏽‍⚕️ 夜勤 · Nächte',
]) {
  test(`${payload} is a name like any other`, async ({ page, getPageAsUser }) => {
    const name = `${payload} ${uniqueName('x')}`;
    let hits = 0;
    await page.exposeFunction('hit', () => hits++);
    const groups = await openGroups(page, name);
    await addGroup(page, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    await expectRow(groups, { 'Group Name': name });

    // As the server renders it, in the search field, in the table and in the names of buttons.
    await page.reload();
    await expect(page.getByRole('searchbox')).toHaveValue(name);
    await expectRows(groups, [name]);
    await openUpdateDialog(page, name);
    await page.keyboard.press('Escape');
    await openDeleteDialog(page, name);
    await page.keyboard.press('Escape');

    const other = await getPageAsUser(people.alderViewer);
    await openGroups(other, name);
    await expectRows(groupsTable(other), [name]);
    expect(hits).toBe(0);
  });
}

for (const [what, name, advice] of [
  ['an override of the writing direction', 'Sales \u202egnp.exe', /Remove the characters that cannot be shown/],
  ['a zero byte', 'Sales\u0000', /Remove the characters that cannot be shown/],
  ['a control character', 'Sales\u0007bell', /Remove the characters that cannot be shown/],
  ['nothing but invisible characters', '\u200b\u200b', /Remove the characters that cannot be shown/],
  ['nothing but spaces', '   ', /Enter a name for the group/],
] as const) {
  test(`a name with ${what} is refused`, async ({ page, quiet }) => {
    quiet.expectAnswer(422);
    await openGroups(page);
    const opened = await openAddDialog(page);
    await fillGroup(opened, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
    await save(opened);
    await expect(opened.getByRole('alert')).toContainText(advice);
    await expect(opened.getByLabel('Group name')).toHaveAttribute('aria-invalid', 'true');
  });
}

test('a name has 64 characters at most, also for those who get past the field', async ({ page, quiet }) => {
  quiet.expectAnswer(422);
  await openGroups(page);
  const opened = await openAddDialog(page);
  const field = opened.getByLabel('Group name');
  await field.pressSequentially('x'.repeat(65));
  await expect(field).toHaveValue('x'.repeat(64));
  await fillGroup(opened, { name: '', owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
  await field.evaluate((input: HTMLInputElement) => input.removeAttribute('maxlength'));
  await field.fill('x'.repeat(65));
  await save(opened);
  await expect(opened.getByRole('alert')).toContainText('Use at most 64 characters.');
});

test('64 characters that take more room than one each are allowed', async ({ page }) => {
  const groups = await openGroups(page, '😀');
  const name = `${'😀'.repeat(20)}${uniqueName(' ')}`;
  await addGroup(page, { name, owner: 'Aaliyah Abbott', members: ['Björn Brandt'] });
  await expectRow(groups, { 'Group Name': name });
});
