// Measures an import of many numbers, and the Numbers page with them, in Chromium; prints what it found as one line of JSON.
// `cargo xtask bench numbers` starts it; docs/PERFORMANCE.md says what each figure means.
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { WORD_PAUSE, launch, newPage, signIn, typeWords } from './browser.mjs';
import { PALETTE, TABLE, installOpening, installProgress, installRecorder } from './in_page.mjs';
import { mostMemory } from './memory.mjs';
import { serverTimes } from './server_times.mjs';

/** @typedef {import('@playwright/test').Browser} Browser */
/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./browser.mjs').Session} Session */

const NUMBERS = '/e/alder-clinics/numbers';
/** Where the table and the palette ask. */
const LIST = '/rpc/number/list';
const FIND = '/rpc/finder/find';
/** The page with a search that finds a hundred of the imported numbers. */
const SEARCHED = `${NUMBERS}?search=206%20200%2012`;
/** Numbers in part and whole, names of people and groups, and a text that nothing matches. */
const WORDS = ['206 200 12', 'rosa', '+1206200', 'zq nobody', '(425)', 'front desk', '0141'];
/** The same for the palette, where everything has results. */
const SOUGHT = ['206 200 12', 'rosa', 'front desk', '555-0141', 'lindqvist'];
const OPENINGS = 20;
/** How long a check or an import of the largest file may take, in milliseconds. */
const IMPORTING = 600_000;

const { values: options } = parseArgs({
  options: {
    address: { type: 'string' },
    file: { type: 'string' },
    rows: { type: 'string' },
    keys: { type: 'string' },
    server: { type: 'string' },
  },
});
const address = options.address ?? '';
const file = options.file ?? '';
const rows = Number(options.rows);
const keys = Number(options.keys);
const server = options.server ?? '';

const browser = await launch();
try {
  const session = await signIn(browser, address);
  const few = await serverTimes(address, session, NUMBERS);
  const imported = await importFile(browser, session);
  const many = await serverTimes(address, session, NUMBERS);
  const searched = await serverTimes(address, session, SEARCHED);
  const search = await typeInSearch(browser, session);
  const palette = await typeInPalette(browser, session);
  console.log(JSON.stringify({ imported, few, many, searched, search, ...palette }));
} finally {
  await browser.close();
}

/**
 * A page that has come to life.
 * @param {Browser} browser
 * @param {Session} session
 * @param {string} path
 */
async function open(browser, session, path) {
  const page = await newPage(browser, session, address);
  await page.goto(path);
  await page.waitForSelector('html[data-hydrated]', { state: 'attached' });
  return page;
}

/**
 * How long something takes, in milliseconds.
 * @param {() => Promise<void>} work
 */
async function timed(work) {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/**
 * Uploads the file, checks it and imports it.
 * @param {Browser} browser
 * @param {Session} session
 */
async function importFile(browser, session) {
  const page = await open(browser, session, `${NUMBERS}/import`);
  page.setDefaultTimeout(IMPORTING);
  const before = await mostMemory(server);
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  const chooser = await choosing;
  const upload = await timed(async () => {
    await chooser.setFiles(file);
    await page.getByRole('heading', { name: 'How the file is read' }).waitFor();
  });
  const check = await timed(async () => {
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    const counts = `${rows} added, 0 changed, 0 unchanged, 0 rejected. This was a check`;
    await page.getByRole('status').filter({ hasText: counts }).waitFor();
  });
  await page.evaluate(installProgress);
  const apply = await timed(async () => {
    await page.getByRole('main').getByRole('button', { name: /^Import\b/ }).click();
    await page.getByText('The file was imported').waitFor();
  });
  const after = await mostMemory(server);
  const progress = await page.evaluate(() => window.progress.seen());
  await page.context().close();
  return { upload, check, apply, progress, memory: { before, after } };
}

/**
 * How long the browser waited for each answer of the server at an address, in milliseconds.
 * @param {Page} page
 * @param {string} path
 */
function requests(page, path) {
  return page.evaluate((path) => {
    const all = performance.getEntriesByType('resource');
    return all.filter(({ name }) => new URL(name).pathname === path).map(({ duration }) => duration);
  }, path);
}

/**
 * Types words and tells what came of it: each key, and each question to the server.
 * @param {Page} page
 * @param {import('./in_page.mjs').Answering} answering
 * @param {string[]} words
 * @param {string} path
 */
async function typeAndAsk(page, answering, words, path) {
  await page.evaluate(installRecorder, answering);
  // There is at most one question for each key, and the last word may go on beyond the wanted keys.
  await page.evaluate((most) => {
    performance.clearResourceTimings();
    performance.setResourceTimingBufferSize(most);
  }, keys + 200);
  const pressed = await typeWords(page, words, keys);
  return { keys: pressed, requests: await requests(page, path) };
}

/**
 * Types words into the search of the Numbers page.
 * @param {Browser} browser
 * @param {Session} session
 */
async function typeInSearch(browser, session) {
  const page = await open(browser, session, NUMBERS);
  await page.getByRole('searchbox').focus();
  const search = await typeAndAsk(page, TABLE, WORDS, LIST);
  await page.context().close();
  return search;
}

/**
 * Opens the palette again and again, then types words into it.
 * @param {Browser} browser
 * @param {Session} session
 */
async function typeInPalette(browser, session) {
  const page = await open(browser, session, NUMBERS);
  await page.evaluate(installOpening);
  /** @type {number[]} */
  const openings = [];
  // The first one loads what the palette shows.
  while (openings.length <= OPENINGS) {
    await page.keyboard.press('Control+k');
    openings.push(await page.evaluate(() => window.opening.opened()));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Find anything' }).waitFor({ state: 'hidden' });
    await pause(WORD_PAUSE);
  }
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Page, group, user or number' }).focus();
  const palette = await typeAndAsk(page, PALETTE, SOUGHT, FIND);
  await page.context().close();
  return { loaded: openings[0], opened: openings.slice(1), palette };
}
