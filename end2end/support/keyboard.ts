// Walking through a page without a mouse.
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** More than the stops of any page here. */
const MOST_STOPS = 120;

/** Presses a key until the focus is where it is wanted. */
export async function walkTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}

/** Walks to what can be pressed, and presses it. */
export async function walkAndPress(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await walkTo(page, target, key);
  await page.keyboard.press('Enter');
}
