// The dialogs of domains, opened but not used: by a viewer, and before axe.
import { expect, test } from '../fixtures/test.ts';
import { expectAccessible } from '../support/accessibility.ts';
import { alder, smsTab } from '../support/addresses.ts';
import { domainAction, openDeleteDomain, openDomainDetails, openDomains, openRequest } from '../support/domains.ts';
import { ONLY_TO_LOOK, people } from '../support/people.ts';

test.use({ person: people.alderAdmin });

test.describe('a viewer', () => {
  test.use({ person: people.alderViewer });

  test('sees both actions disabled, with the reason', async ({ page }) => {
    await openDomains(page);
    for (const action of ['Delete', 'Request re-subscription'] as const) {
      const link = domainAction(page, action, 'records.alder.example');
      await expect(link).toBeDisabled();
      await expect(link).toHaveAccessibleDescription(ONLY_TO_LOOK);
    }
    await openDomainDetails(page, 'records.alder.example');
    const id = new URL(page.url()).searchParams.get('id') ?? '';
    await page.goto(smsTab(alder, 'domains', { dialog: 'delete', id }));
    await expect(page.getByRole('button', { name: 'Delete domain' })).toBeDisabled();
    await page.goto(smsTab(alder, 'domains', { dialog: 'request', id }));
    await expect(page.getByRole('button', { name: 'Send request' })).toBeDisabled();
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the dialogs have nothing to report', async ({ page }) => {
      await openDomains(page);
      await openDomainDetails(page, 'west.alder.example');
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await openDeleteDomain(page, 'clinic.alder.example');
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await openRequest(page, 'west.alder.example');
      await expectAccessible(page);
    });
  });
}
