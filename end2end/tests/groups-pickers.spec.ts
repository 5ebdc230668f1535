// The pickers of the dialogs of groups.
import { expect, test } from '../fixtures/test.ts';
import { addGroupAlone, chosen, openAddDialog, openGroups, openUpdateDialog, pick, picker } from '../support/groups.ts';
import { people } from '../support/people.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

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

  test('who is chosen stays marked where messages would not reach them', async ({ page }) => {
    await openGroups(page, 'billing');
    const opened = await openUpdateDialog(page, 'Billing');
    const members = chosen(opened, 'Members');
    await expect(members.filter({ hasText: 'Rosa Rossi' })).toHaveText(/^Rosa Rossi\s+No Teams license\s*$/);
    await expect(members.filter({ hasText: /No Teams license|Sign-in blocked/ })).toHaveCount(3);
    await pick(opened, 'Members', 'Esther Brandt');
    await expect(members.filter({ hasText: 'Esther Brandt' })).toHaveText(/^Esther Brandt\s+Sign-in blocked\s*$/);
  });

  test('an owner whom messages would not reach stays marked', async ({ page }) => {
    await openGroups(page, 'eye care ballard');
    const opened = await openUpdateDialog(page, 'Eye Care Ballard');
    const owner = picker(opened, 'Team owner');
    await expect(owner).toHaveValue('Anders Almeida');
    await expect(owner).toHaveAccessibleDescription(/No Teams license/);
    await pick(opened, 'Team owner', 'Björn Brandt');
    await expect(owner).toHaveValue('Björn Brandt');
    await expect(owner).not.toHaveAccessibleDescription(/No Teams license/);
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

  test('a number of the group is offered to it again, and to no other', async ({ page }) => {
    const { name, taken } = await addGroupAlone(page, { numbers: 1 });
    const [number = ''] = taken;
    const opened = await openUpdateDialog(page, name);
    await opened.getByRole('button', { name: `Remove ${number}` }).click();
    await pick(opened, 'SMS numbers', number);
    await expect(chosen(opened, 'SMS numbers')).toHaveText([number]);
    await picker(opened, 'SMS numbers').press('Escape');
    await page.keyboard.press('Escape');
    await expect(opened).toBeHidden();

    const another = await openAddDialog(page);
    await picker(another, 'SMS numbers').fill(number);
    await expect(another.getByText('Nothing matches. Try fewer letters.').first()).toBeVisible();
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

  test('what is typed before the first answer has come is searched as well', async ({ page }) => {
    await openGroups(page);
    let answer = () => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/rpc/teams_user/options*', async (route) => {
      await answered;
      await route.continue();
    });
    const opened = await openAddDialog(page);
    await picker(opened, 'Members').fill('camila castillo');
    await expect(opened.getByRole('option')).toHaveCount(0);
    answer();
    await expect(opened.getByRole('option')).toHaveText([/Camila Castillo/]);
  });

  test('Enter chooses from what the typed text finds, also before that has come', async ({ page }) => {
    await openGroups(page);
    const opened = await openAddDialog(page);
    await pick(opened, 'Members', 'Björn Brandt');
    await expect(chosen(opened, 'Members')).toHaveText(['Björn Brandt']);
    await expect(opened.getByRole('option').nth(1)).toBeVisible();
    let answer = () => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/rpc/teams_user/options*', async (route) => {
      await answered;
      await route.continue();
    });
    await picker(opened, 'Members').fill('camila castillo');
    await picker(opened, 'Members').press('Enter');
    await expect(opened.getByText('Searching').first()).toBeVisible();
    await expect(picker(opened, 'Members')).toHaveValue('camila castillo');
    await expect(chosen(opened, 'Members')).toHaveText(['Björn Brandt']);
    answer();
    await expect(chosen(opened, 'Members')).toHaveText(['Björn Brandt', 'Camila Castillo']);
    await expect(picker(opened, 'Members')).toHaveValue('');
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

  for (const viewport of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
    { width: 320, height: 640 },
  ]) {
    test.describe(`${viewport.width} x ${viewport.height} px`, () => {
      test.use({ viewport });

      test('no open list lies over the buttons of the dialog', async ({ page }) => {
        await openGroups(page);
        const opened = await openAddDialog(page);
        for (const label of ['Team owner', 'Members', 'SMS numbers']) {
          await picker(opened, label).focus();
          await page.keyboard.press('ArrowDown');
          await expect(opened.getByRole('option').first()).toBeInViewport();
          // A trial does everything but press: it finds out whether the button is what would be hit.
          for (const name of ['Cancel', 'Save']) {
            await opened.getByRole('button', { name }).click({ trial: true });
          }
          await expect(picker(opened, label)).toHaveAttribute('aria-expanded', 'true');
          await page.keyboard.press('Escape');
          await expect(opened.getByRole('option')).toHaveCount(0);
        }
      });
    });
  }

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
