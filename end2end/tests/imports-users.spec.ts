// Importing people from the files of Microsoft's admin centers.
import { readFile } from 'node:fs/promises';

import { expect, test } from '../fixtures/test.ts';
import { expectAccessible, expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { uniqueName } from '../support/groups.ts';
import {
  apply,
  applyButton,
  check,
  chooseFile,
  expectCounts,
  field,
  importPage,
  outcomes,
  readyRows,
  sample,
  textFile,
  uploadFile,
} from '../support/imports.ts';
import { people } from '../support/people.ts';
import { addEnterprise } from '../support/provider.ts';
import { count, expectRow, expectRows } from '../support/tables.ts';
import { expectUser, usersPage, usersTable } from '../support/users.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

test('people who are not in a file are disabled only after ticking', async ({ page }) => {
  await uploadFile(page, 'users', sample('m365-active-users.csv'));
  await check(page);
  await expectCounts(page, /are not in the file/);
  const tick = page.getByRole('checkbox', { name: /^Disable the \d+ people who are not in the file$/ });
  await expect(tick).not.toBeChecked();
  await expectAccessibleInBothThemes(page);
  await page.goto(`${new URL(page.url()).pathname}?filter=outcome:in:missing`);
  await expect(outcomes(page).getByRole('rowheader').first()).toHaveText('–');
});

test.describe('people of an enterprise that no other test looks at', () => {
  test.use({ person: people.provider });

  test('who is missing from a file is disabled only after ticking', async ({ page }) => {
    await page.goto('/provider');
    const enterprise = await addEnterprise(page, uniqueName('Juniper'));
    const users = usersTable(page);
    const both = 'User principal name,Display name\nada@juniper.example,Ada Brandt\nbela@juniper.example,Bela Novak\n';
    await uploadFile(page, 'users', textFile('both.csv', both), enterprise);
    await check(page);
    await expectCounts(page, '2 added, 0 changed, 0 unchanged, 0 rejected. This was a check');
    await expect(readyRows(page, /^Missing people/)).toHaveCount(0);
    await apply(page);

    const one = textFile('one.csv', 'User principal name,Display name\nada@juniper.example,Ada Brand\n');
    await uploadFile(page, 'users', one, enterprise);
    await check(page);
    await expectCounts(page, '0 added, 1 changed, 0 unchanged, 0 rejected; 1 person is not in the file.');
    await expectRow(outcomes(page), { Line: '2', Outcome: 'Changed', Details: 'Name Ada Brandt → Ada Brand' });
    await readyRows(page, 'Missing people (1)').click();
    await expect(page).toHaveURL(/filter=outcome/);
    await expect(readyRows(page, 'Missing people (1)')).toHaveAttribute('aria-current', 'true');
    await expectRows(outcomes(page), ['–']);
    await expectRow(outcomes(page), {
      Line: '–',
      Row: 'bela@juniper.example',
      Outcome: 'Not in the file',
      Details: 'Bela Novak: 0 numbers, owner of 0 groups',
    });
    await expectAccessible(page);
    const tick = page.getByRole('checkbox', { name: 'Disable the person who is not in the file' });
    await expect(tick).not.toBeChecked();
    await apply(page);
    await page.goto(usersPage(enterprise));
    await expectUser(users, 'Ada Brand', { 'Sign-in': 'Allowed' });
    await expectUser(users, 'Bela Novak', { 'Sign-in': 'Allowed' });

    await uploadFile(page, 'users', one, enterprise);
    await check(page);
    await expectCounts(page, '0 added, 0 changed, 1 unchanged, 0 rejected; 1 person is not in the file.');
    await expect(applyButton(page)).toBeDisabled();
    await tick.check();
    await apply(page);
    await page.goto(usersPage(enterprise));
    await expectUser(users, 'Ada Brand', { 'Sign-in': 'Allowed' });
    await expectUser(users, 'Bela Novak', { 'Sign-in': 'Blocked' });
  });

  test('the exports of both admin centers are uploaded, checked and imported', async ({ page }) => {
    await page.goto('/provider');
    const enterprise = await addEnterprise(page, uniqueName('Juniper'));
    await uploadFile(page, 'users', sample('entra-download-users.csv'), enterprise);
    await expect(page.getByText(/^entra-download-users\.csv, \d+ KB$/)).toBeVisible();
    await expect(field(page, 'User principal name')).toHaveValue('0');
    await expect(field(page, 'Display name')).toHaveValue('1');
    await expect(field(page, 'Object id')).toHaveValue('5');
    await expect(field(page, 'Licenses')).toHaveValue('');
    await expect(field(page, 'Account enabled')).toHaveValue('9');
    await check(page);
    await expectCounts(page, '240 added, 0 changed, 0 unchanged, 0 rejected. This was a check');
    await expectRow(outcomes(page), {
      Line: '2',
      Row: 'karin.smith-jones@alderclinics.example',
      Outcome: 'Added',
      Details: 'Name Karin Smith-Jones; License unknown',
    });
    await apply(page);
    await page.getByRole('link', { name: 'Show the users' }).click();
    await expect(page).toHaveURL(usersPage(enterprise));
    await expect(count(page, '240 users')).toBeVisible();
    await page.goto(usersPage(enterprise, { search: 'zoe.vega@' }));
    await expectUser(usersTable(page), 'Zoë Vega', { Licenses: 'Unknown', 'Sign-in': 'Blocked' });

    await uploadFile(page, 'users', sample('m365-active-users.csv'), enterprise);
    await check(page);
    await expectCounts(page, '0 added, 240 changed, 0 unchanged, 0 rejected. This was a check');
    await expectRow(outcomes(page), { Line: '2', Outcome: 'Changed', Details: 'License unknown → licensed' });
    await expectRow(outcomes(page), { Line: '5', Outcome: 'Changed', Details: 'License unknown → not licensed' });
    await apply(page);
    await page.goto(usersPage(enterprise, { search: 'karin.smith-jones@' }));
    await expectUser(usersTable(page), 'Karin Smith-Jones', { Licenses: 'Licensed', 'Sign-in': 'Allowed' });
  });

  test('the template for users can be downloaded, filled in and imported', async ({ page }) => {
    await page.goto('/provider');
    const enterprise = await addEnterprise(page, uniqueName('Juniper'));
    await page.goto(importPage(enterprise, 'users'));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download a template' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('users-template.csv');
    const template = await readFile(await download.path(), 'utf8');
    expect(template).toBe('\ufeffUser principal name,Display name,Object id,Licenses,Account enabled\r\n');
    const filled = `${template}dora@juniper.example,Dora Duarte,,Microsoft 365 E3,TRUE\r\n`;
    await chooseFile(page, textFile('users-template.csv', filled));
    const fields = ['User principal name', 'Display name', 'Object id', 'Licenses', 'Account enabled'];
    for (const [place, name] of fields.entries()) {
      await expect(field(page, name)).toHaveValue(String(place));
    }
    await check(page);
    await expectCounts(page, '1 added, 0 changed, 0 unchanged, 0 rejected. This was a check');
    await expectRow(outcomes(page), { Line: '2', Outcome: 'Added', Details: 'Name Dora Duarte; Licensed' });
    await apply(page);
    await page.goto(usersPage(enterprise));
    await expectUser(usersTable(page), 'Dora Duarte', { Licenses: 'Licensed', 'Sign-in': 'Allowed' });
  });
});
