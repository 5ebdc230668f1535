// How the browser tests run. `cargo xtask test` sets PORTAL_BIN, PORTAL_SITE_DIR, STAND_IN_BIN and CHROMIUM_PATH; a fixture
// starts the server, one per worker, and beside it the stand-in of a carrier where tests ask for it.
import { defineConfig, devices } from '@playwright/test';

const inCi = Boolean(process.env.CI);
const chromium = process.env.CHROMIUM_PATH;

export default defineConfig({
  testDir: './tests',
  outputDir: './test-results',
  fullyParallel: true,
  // Two cores: more workers would only make each other slow.
  workers: 2,
  forbidOnly: inCi,
  // Room for machines that are busy with something else; nothing waits this long otherwise.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // A second try in CI tells a flaky test from a broken one, and gives it a trace; either way the run fails.
  retries: inCi ? 1 : 0,
  failOnFlakyTests: true,
  // The JSON goes to PLAYWRIGHT_JSON_OUTPUT_FILE; without that, to the terminal, so it is left out.
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['list'], ['json']] : [['list']],
  use: {
    ...devices['Desktop Chrome'],
    // No trace of the first try: recording one slows every test down.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    locale: 'en-US',
    timezoneId: 'UTC',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'chromium', grepInvert: /@no-js/ },
    // The reading paths also work before the module has arrived, and without it.
    { name: 'chromium-no-js', use: { javaScriptEnabled: false }, grep: /@reading|@no-js/ },
  ],
});
