// The stream by which open pages hear of changes.
import type { Page, Response } from '@playwright/test';

/** Waits until the page hears of changes in `enterprise`. */
export function listens(page: Page, enterprise: string): Promise<Response> {
  return page.waitForResponse((answer) => new URL(answer.url()).pathname === `/rpc/live/${enterprise}` && answer.ok());
}
