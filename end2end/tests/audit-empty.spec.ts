// The audit log of an enterprise in which nothing has been changed yet, in the database that no test changes.
import { expect, test } from '../fixtures/test.ts';
import { alder, auditLog } from '../support/addresses.ts';
import { people } from '../support/people.ts';

test.use({ person: people.alderAdmin });

test('an empty log says what comes there', { tag: '@reading' }, async ({ page }) => {
  await page.goto(auditLog(alder));
  await expect(page.getByText('Nothing has been changed yet')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toHaveCount(0);
});
