// How long notices stay.
import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures/test.ts';
import { addGroupAlone, openGroups } from '../support/groups.ts';
import { people } from '../support/people.ts';

test.use({ person: people.alderAdmin, database: 'changed' });

function notices(page: Page): Locator {
  return page.getByRole('region', { name: 'Notices' });
}

test('what was done is told for a moment', async ({ page }) => {
  await page.clock.install();
  const { name } = await addGroupAlone(page);
  const notice = notices(page).getByText(`Group ${name} added.`);
  await expect(notice).toBeVisible();
  // A notice stays while the pointer is on it.
  await page.mouse.move(0, 0);
  await page.clock.runFor('00:10');
  await expect(notice).toHaveCount(0);
});

test('a notice with the focus on it stays when the pointer leaves', async ({ page }) => {
  await page.clock.install();
  const { name } = await addGroupAlone(page);
  const notice = notices(page).getByText(`Group ${name} added.`);
  await notice.hover();
  await notices(page).getByRole('button', { name: 'Dismiss notice' }).focus();
  await page.mouse.move(0, 0);
  await page.clock.runFor('00:10');
  await expect(notice).toBeVisible();
  await page.getByRole('searchbox').first().focus();
  await page.clock.runFor('00:10');
  await expect(notice).toHaveCount(0);
});

test('what failed is told until somebody takes it away', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.clock.install();
  await openGroups(page);
  await page.getByRole('button', { name: /^Copy owner / }).first().click();
  const notice = notices(page).getByRole('alert');
  await expect(notice).toContainText('Your browser did not allow copying. Select the text and copy it instead.');
  await page.mouse.move(0, 0);
  await page.clock.runFor('10:00');
  await expect(notice).toBeVisible();
  await notice.getByRole('button', { name: 'Dismiss notice' }).click();
  await expect(notice).toHaveCount(0);
});
