// What is done to people without a mouse. Each test has people of its own.
import { expect, test } from '../fixtures/test.ts';
import { chosen, expectNotice, picker } from '../support/groups.ts';
import { walkAndPress, walkTo } from '../support/keyboard.ts';
import { people } from '../support/people.ts';
import { row } from '../support/tables.ts';
import { expectUser, importUsers, openUsers, somebodyWithAll } from '../support/users.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

test('giving somebody a number', async ({ page, portal }) => {
  const [name = ''] = await importUsers(portal, [{ name: 'Nadia Keys' }]);
  const users = await openUsers(page, name);
  await walkAndPress(page, row(users, name).getByRole('link', { name: `SMS numbers of ${name}` }));
  const opened = page.getByRole('dialog', { name: 'SMS User Assignment' });
  await expect(picker(opened, 'SMS numbers')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(opened.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(chosen(opened, 'SMS numbers')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await walkTo(page, opened.getByRole('button', { name: 'Save' }));
  await page.keyboard.press('Space');
  await expect(opened).toBeHidden();
  await expectNotice(page, `Numbers of ${name} saved.`);
});

test('offboarding somebody, and undoing that', async ({ page, portal }) => {
  const { leaver, heir, number, owned } = await somebodyWithAll(page, portal, 'Lea Keys', 'Hugo Keys');
  const users = await openUsers(page, leaver);
  await walkAndPress(page, row(users, leaver).getByRole('link', { name: leaver, exact: true }));
  const person = page.getByRole('dialog', { name: leaver, exact: true });
  await walkAndPress(page, person.getByRole('button', { name: 'Offboard' }));

  const opened = page.getByRole('dialog', { name: `Offboard ${leaver}` });
  await expect(picker(opened, `New owner of ${owned}`)).toBeFocused();
  for (const label of [`New owner of ${owned}`, 'Who gets the numbers']) {
    await walkTo(page, picker(opened, label));
    await page.keyboard.type(heir);
    await expect(opened.getByRole('option')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(picker(opened, label)).toHaveValue(heir);
  }
  await walkAndPress(page, opened.getByRole('button', { name: 'Preview' }));
  await expect(opened.getByText(`${number} goes to ${heir}.`)).toBeVisible();
  await walkAndPress(page, opened.getByRole('button', { name: `Offboard ${leaver}` }));
  await expect(opened).toBeHidden();
  await expectNotice(page, `${leaver} offboarded.`);
  await expectUser(users, leaver, { 'SMS Numbers': 'No numbers' });

  await walkAndPress(page, page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }));
  await expectNotice(page, `Offboarding of ${leaver} undone.`);
  await expectUser(users, leaver, { 'SMS Numbers': number });
});
