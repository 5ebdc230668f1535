// The Dashboard of an enterprise in which nothing has been started yet, in the database that no test changes.
import { expect, test } from '../fixtures/test.ts';
import { alder, dashboard } from '../support/addresses.ts';
import { people } from '../support/people.ts';

test.use({ person: people.alderAdmin });

test('the unified app has no sync, and there are no tasks yet', { tag: '@reading' }, async ({ page }) => {
  await page.goto(dashboard(alder));
  await expect(page.getByText('No tasks yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sync SMS App' })).toHaveCount(0);
  await expect(page.getByText('not live yet')).toHaveCount(0);
});
