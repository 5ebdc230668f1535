// Measures the Groups table of a running portal in Chromium and prints what it found as one line of JSON.
// `cargo xtask bench table` starts it; docs/PERFORMANCE.md says what each figure means.
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { KEY_PAUSE, WORD_PAUSE, launch, newPage, press, signIn, typeWords } from './browser.mjs';
import { TABLE, installBareRows, installRecorder } from './in_page.mjs';
import { countBytes } from './network.mjs';

/** @typedef {import('@playwright/test').Browser} Browser */
/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./in_page.mjs').Sample} Sample */
/** @typedef {import('./browser.mjs').Session} Session */

/** Up to here the browser takes the whole list over. */
const WHOLE_LIST_ROWS = 20_000;
const GROUPS = '/e/alder-clinics/services/sms/groups';
/** Names of groups, people and numbers, in part and whole, and texts that nothing matches. */
const WORDS = ['front desk', 'rosa', '206 556', 'lindqvist', 'zq no such group', '+1253', 'billing 12', "o'connor", '(425)'];
/** Numbers of members; groups have three to eleven. */
const COUNTS = ['4', '7', '10', '9', '11', '3', '8'];
/** Each finds other groups than the one before, so that all rows of the page change with each key. */
const LETTERS = ['b', 'k', 'w', 'f', 'o', 'r', 's', 'n'];
const KEYS_FOR_ALL_ROWS = 60;
const PAGES_OF_BARE_ROWS = 8;
const FIRST_VISITS = 3;
const PRESSES_OF_HEADING = 12;

const { values: options } = parseArgs({
  options: { address: { type: 'string' }, rows: { type: 'string' }, keys: { type: 'string' } },
});
const address = options.address ?? '';
const rows = Number(options.rows);
const keys = Number(options.keys);
const whole = rows <= WHOLE_LIST_ROWS;

const browser = await launch();
try {
  const session = await signIn(browser, address);
  const visits = [];
  while (visits.length < FIRST_VISITS) {
    visits.push(await firstVisit(browser, session));
  }
  const allRows = await typeLetters(await openGroups(browser, session));
  const bareRows = await typeLetters(await openBareRows(browser, session));
  const page = await openGroups(browser, session);
  await page.evaluate(installRecorder, TABLE);
  const typing = await typeInSearch(page);
  const filter = await typeInFilter(page);
  const sort = await pressHeading(page);
  const all_rows = { portal: allRows, bare: bareRows };
  console.log(JSON.stringify({ rows, whole, ...typing, filter, sort, all_rows, visits }));
} finally {
  await browser.close();
}

/**
 * Waits until the page answers as it will from then on.
 * @param {Page} page
 */
async function ready(page) {
  await page.waitForSelector('html[data-hydrated]', { state: 'attached' });
  await page.waitForSelector(`section.data-table[data-feed=${whole ? 'whole' : 'server'}]`);
}

/**
 * @param {Browser} browser
 * @param {Session} session
 */
async function openGroups(browser, session) {
  const page = await newPage(browser, session, address);
  await page.goto(GROUPS);
  await ready(page);
  return page;
}

/**
 * @param {Browser} browser
 * @param {Session} session
 */
async function firstVisit(browser, session) {
  const page = await newPage(browser, session, address);
  const bytes = await countBytes(page);
  await page.goto(GROUPS);
  await ready(page);
  await page.waitForLoadState('networkidle');
  const seen = await page.evaluate(() => window.watch.seen());
  await page.context().close();
  const until = seen.whole ?? seen.hydrated;
  const tasks = seen.longTasks.filter(({ start }) => start <= until).map(({ length }) => length);
  return {
    first_paint: seen.firstPaint,
    hydrated: seen.hydrated,
    whole: seen.whole,
    longest_task: tasks.length > 0 ? Math.max(...tasks) : null,
    bytes: bytes(),
  };
}

/**
 * A page whose rows are put there by nothing but the browser: the yardstick for how quick this machine is.
 * @param {Browser} browser
 * @param {Session} session
 */
async function openBareRows(browser, session) {
  const page = await openGroups(browser, session);
  /** @type {string[][]} */
  const pages = [];
  while (pages.length < PAGES_OF_BARE_ROWS) {
    const shown = await page.evaluate(() => [...document.querySelectorAll('tbody tr')].map((row) => row.innerHTML));
    pages.push(shown);
    await page.getByRole('link', { name: 'Next page' }).click();
    await page.waitForFunction((first) => document.querySelector('tbody tr')?.innerHTML !== first, shown[0]);
  }
  await page.evaluate(installBareRows, pages);
  return page;
}

/**
 * Types letters into the search, each of which changes all rows of the page, and closes the page.
 * @param {Page} page
 */
async function typeLetters(page) {
  await page.evaluate(installRecorder, TABLE);
  await page.getByRole('searchbox').focus();
  const samples = await typeWords(page, LETTERS, KEYS_FOR_ALL_ROWS);
  await page.context().close();
  return samples;
}

/**
 * Types words into the search and takes them away again, key by key.
 * @param {Page} page
 */
async function typeInSearch(page) {
  await page.getByRole('searchbox').focus();
  const before = await page.evaluate(() => performance.now());
  const search = await typeWords(page, WORDS, keys);
  const seen = await page.evaluate(() => window.watch.seen());
  const shifts = seen.shifts.filter(({ start }) => start >= before);
  /** @param {typeof shifts} some */
  const sum = (some) => some.reduce((all, { value }) => all + value, 0);
  return {
    search,
    long_tasks: seen.longTasks.filter(({ start }) => start >= before).map(({ length }) => length),
    shift: sum(shifts.filter(({ afterInput }) => !afterInput)),
    shift_after_keys: sum(shifts),
  };
}

/**
 * Types numbers into the filter of the members column and takes them away again.
 * @param {Page} page
 */
async function typeInFilter(page) {
  await page.getByRole('button', { name: /^Filter Group Members/ }).click();
  const filter = page.getByRole('dialog', { name: 'Filter by Group Members' });
  await filter.getByLabel('Condition').selectOption('is greater than');
  await filter.getByLabel('Group Members value').focus();
  /** @type {Sample[]} */
  const samples = [];
  for (const count of [...COUNTS, ...COUNTS]) {
    const digits = [...count];
    for (const key of [...digits, ...digits.map(() => 'Backspace')]) {
      samples.push(await press(page, key));
      await pause(KEY_PAUSE);
    }
  }
  await page.keyboard.press('Escape');
  await filter.waitFor({ state: 'hidden' });
  return samples;
}

/**
 * Sorts by members, again and again.
 * @param {Page} page
 */
async function pressHeading(page) {
  const heading = page.getByRole('columnheader', { name: /^Group Members\b/ }).getByRole('link');
  /** @type {Sample[]} */
  const samples = [];
  while (samples.length < PRESSES_OF_HEADING) {
    await heading.click();
    samples.push(await page.evaluate(() => window.recorder.settled()));
    await pause(WORD_PAUSE);
  }
  return samples;
}
