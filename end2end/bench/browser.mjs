// What the measurements in Chromium share: the browser, signing in, pages, and somebody who types.
import { setTimeout as pause } from 'node:timers/promises';

import { chromium } from '@playwright/test';

import { installWatch } from './in_page.mjs';

/** @typedef {import('@playwright/test').Browser} Browser */
/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./in_page.mjs').Sample} Sample */
/** @typedef {Awaited<ReturnType<import('@playwright/test').BrowserContext['storageState']>>} Session */

/** Between two keys and between two words, in milliseconds: somebody who types fast. */
export const KEY_PAUSE = 80;
export const WORD_PAUSE = 300;

export function launch() {
  const path = process.env.CHROMIUM_PATH;
  return chromium.launch({
    ...(path ? { executablePath: path } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/**
 * Signs in once; checking a password takes a while on purpose.
 * @param {Browser} browser
 * @param {string} address
 */
export async function signIn(browser, address) {
  const context = await browser.newContext({ baseURL: address, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill('admin@alderclinics.example');
  await page.getByLabel('Password').fill('alder-admin-demo-password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('banner').getByText('Amara Okafor').waitFor();
  const session = await context.storageState();
  await context.close();
  return session;
}

/**
 * A page of a browser that has nothing in its cache.
 * @param {Browser} browser
 * @param {Session} session
 * @param {string} address
 */
export async function newPage(browser, session, address) {
  const context = await browser.newContext({
    baseURL: address,
    storageState: session,
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.addInitScript(installWatch);
  return page;
}

/**
 * Presses a key that changes a field.
 * @param {Page} page
 * @param {string} key
 */
export async function press(page, key) {
  await page.keyboard.press(key);
  return page.evaluate(() => window.recorder.settled());
}

/**
 * Types words and takes them away again, key by key, until at least so many keys were pressed.
 * @param {Page} page
 * @param {string[]} words
 * @param {number} keys
 */
export async function typeWords(page, words, keys) {
  /** @type {Sample[]} */
  const samples = [];
  for (let word = 0; samples.length < keys; word++) {
    const letters = [...(words[word % words.length] ?? '')];
    for (const key of [...letters, ...letters.map(() => 'Backspace')]) {
      samples.push(await press(page, key));
      await pause(KEY_PAUSE);
    }
    await pause(WORD_PAUSE);
  }
  return samples;
}
