// Dialogs of numbers and people in narrow windows: neither the page nor a part of the dialog scrolls sideways. Nothing is saved.
import { expect, test } from '../fixtures/test.ts';
import { expectDialogFits } from '../support/accessibility.ts';
import { alder } from '../support/addresses.ts';
import { dialog, pickFreeNumber, picker, question } from '../support/groups.ts';
import { box, numbersPage, numbersTable, openAssign, selectionBar } from '../support/numbers.ts';
import { people } from '../support/people.ts';
import { row } from '../support/tables.ts';
import { choosePerson, openAssignment, openOffboard, openUsers, preview } from '../support/users.ts';

const NUMBER = '+1 206 555 0100';
const NAME = 'Aaliyah Abbott';

for (const width of [320, 390]) {
  test.describe(`${width} px`, () => {
    test.use({ person: people.alderAdmin, viewport: { width, height: 800 } });

    test('the dialogs of one number fit', async ({ page }) => {
      await page.goto(numbersPage(alder, { search: NUMBER }));
      const assigning = await openAssign(page, NUMBER);
      await picker(assigning, 'SMS group').click();
      await expect(assigning.getByRole('option').first()).toBeVisible();
      await expectDialogFits(assigning);
      await picker(assigning, 'SMS group').press('Escape');
      await page.keyboard.press('Escape');
      await expect(assigning).toBeHidden();

      await row(numbersTable(page), NUMBER).getByRole('link', { name: `Update ${NUMBER}` }).click();
      const updating = dialog(page, 'Update Number');
      await expect(updating.getByLabel('Carrier profile')).toBeVisible();
      await expectDialogFits(updating);
      await page.keyboard.press('Escape');
      await expect(updating).toBeHidden();

      await row(numbersTable(page), NUMBER).getByRole('link', { name: `Delete ${NUMBER}` }).click();
      const asked = question(page, `Delete ${NUMBER}?`);
      await expect(asked.getByText('It serves Front Desk. Unassign it first.').first()).toBeVisible();
      await expectDialogFits(asked);
      await page.keyboard.press('Escape');
      await expect(asked).toBeHidden();

      await page.getByRole('button', { name: 'Add Number' }).first().click();
      const adding = dialog(page, 'Add Number');
      await expect(adding.getByLabel('Phone number')).toBeVisible();
      await expectDialogFits(adding);
    });

    test('the dialogs of many numbers fit', async ({ page }) => {
      await page.goto(numbersPage(alder, { search: NUMBER }));
      await box(page, NUMBER).check();
      await selectionBar(page).getByRole('button', { name: 'Update' }).click();
      const updating = dialog(page, 'Update Selected Numbers');
      await expect(updating.getByLabel('Carrier profile')).toBeVisible();
      await expectDialogFits(updating);
      await page.keyboard.press('Escape');
      await expect(updating).toBeHidden();

      await selectionBar(page).getByRole('button', { name: 'Delete' }).click();
      const asked = question(page, 'Delete Selected Numbers');
      await expect(asked).toContainText('It serves somebody and will be skipped.');
      await expectDialogFits(asked);
    });

    test('the assignment of a person fits', async ({ page }) => {
      await openUsers(page, NAME);
      const opened = await openAssignment(page, NAME);
      await pickFreeNumber(opened);
      await expectDialogFits(opened);
      await picker(opened, 'SMS numbers').press('Escape');
      await expectDialogFits(opened);
      await expect(opened.getByRole('button', { name: 'Save' })).toBeInViewport({ ratio: 0.9 });
    });

    test('offboarding a person fits, as does its preview', async ({ page }) => {
      await openUsers(page, NAME);
      const opened = await openOffboard(page, NAME);
      await expectDialogFits(opened);
      await choosePerson(opened, 'New owner of Front Desk', 'Björn Brandt');
      await preview(opened);
      await expectDialogFits(opened);
      await expect(opened.getByRole('button', { name: `Offboard ${NAME}` })).toBeInViewport({ ratio: 0.9 });
    });
  });
}
