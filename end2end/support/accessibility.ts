// What axe has to say about a page.
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/** Expects that axe finds nothing to report on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  // Colours are compared as they are at rest.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((animation) => animation.effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map((animation) => animation.finished));
  });
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const told = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ''}`),
  }));
  expect(told, 'axe finds nothing').toEqual([]);
}

/** The same in the light and in the dark theme, which follow the system unless somebody has chosen one. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
}

/** Expects that nothing sticks out of the window sideways, so that the page does not scroll. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const widths = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  expect(widths.scrollWidth, 'the page is no wider than the window').toBeLessThanOrEqual(widths.clientWidth);
}

/** Expects that an open dialog lies within the window, and that neither the page nor a part of the dialog scrolls sideways. */
export async function expectDialogFits(dialog: Locator): Promise<void> {
  await expectNoSidewaysScroll(dialog.page());
  const found = await dialog.evaluate((element) => {
    const { left, right } = element.getBoundingClientRect();
    const parts = [element, ...element.querySelectorAll('*')].filter(
      (part) => part.scrollWidth > part.clientWidth && /auto|scroll/.test(getComputedStyle(part).overflowX),
    );
    return { within: left >= 0 && right <= window.innerWidth, wider: parts.map((part) => part.className) };
  });
  expect(found, 'the dialog reflows').toEqual({ within: true, wider: [] });
}
