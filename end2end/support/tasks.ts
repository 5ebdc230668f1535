// The tasks on the Dashboard as people speak of them.
import type { Locator, Page } from '@playwright/test';

import type { Quiet } from '../fixtures/quiet.ts';
import { answer, answerTo, taskIn, tasksIn } from './postcard.ts';
import type { TaskState } from './postcard.ts';
import { sortBy, table } from './tables.ts';

/** A moment as cells show it. */
export const MOMENT = /^\d{1,2} \w{3} \d{4}, \d\d:\d\d$/;
/** How long a task took, as long as that is less than an hour. */
export const DURATION = /^(Under 1 s|\d+ s|\d+ min \d+ s)$/;

export function tasksTable(page: Page): Locator {
  return table(page, 'Tasks');
}

/**
 * Shows the tasks of the open Dashboard in another state: nothing fails there by itself or waits for long, so the server's
 * answers are made to say that it does. The table is left to the server, whose answers about it can be read.
 */
export async function showTasksAs(page: Page, quiet: Quiet, state: TaskState, failure: string | null): Promise<Locator> {
  quiet.expectMessage(/Failed to load resource/);
  quiet.expectMessage(/the list could not be taken over/);
  await page.route(/\/rpc\/task\/list_all/, (route) => route.abort());
  await page.route(/\/rpc\/task\/list\?/, async (route) => {
    await answer(route, tasksIn(await answerTo(route), state, failure));
  });
  let task: Buffer = Buffer.alloc(0);
  await page.route(/\/rpc\/task\/get\?/, async (route) => {
    task = await answerTo(route);
    await answer(route, taskIn(task, state, failure));
  });
  // For the server it has not failed, so there would be nothing to try again.
  await page.route(/\/rpc\/task\/retry$/, (route) => answer(route, taskIn(task, 'waiting', null)));
  await page.reload();
  // The rows of the document itself are the server's own; those in another order are asked for.
  await sortBy(tasksTable(page), 'Started By').click();
  return tasksTable(page);
}
