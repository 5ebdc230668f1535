// Find anything as people speak of it.
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The keys that open it. */
export const KEYS = 'Control+k';

export function palette(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Find anything' });
}

/** The button of the top bar that opens it. */
export function findButton(page: Page): Locator {
  return page.getByRole('banner').getByRole('button', { name: 'Find', exact: true });
}

/** The field to type into. */
export function finder(page: Page): Locator {
  return palette(page).getByRole('combobox', { name: 'Page, group, user or number' });
}

/** Opens it by keys; typing can begin then. */
export async function openPalette(page: Page): Promise<Locator> {
  await page.keyboard.press(KEYS);
  await expect(finder(page)).toBeFocused();
  return palette(page);
}

type Kind = 'Pages' | 'SMS groups' | 'Users' | 'Numbers';

/** What is offered of one kind. */
export function offered(page: Page, kind: Kind): Locator {
  return palette(page).getByRole('group', { name: kind }).getByRole('option');
}
