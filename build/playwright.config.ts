import { defineConfig } from '@playwright/test';

const executablePath = process.env['MILEPOST_CHROMIUM'];

/** End-to-end tests in a real Chromium. `npm test` finds it and names it in MILEPOST_CHROMIUM. */
export default defineConfig({
  testDir: '../test/e2e',
  testMatch: '**/*.test.ts',
  outputDir: '../test-results',
  workers: 2,
  retries: 0,
  timeout: 90_000,
  reporter: 'list',
  // How key states look, kept beside the scenes they show; taken again with `npm test -- e2e look --update-snapshots`.
  snapshotPathTemplate: '../test/pictures/baseline/{arg}{ext}',
  updateSnapshots: 'none',
  expect: {
    // On a machine that does other things too: a limit against hanging, no measure.
    timeout: 20_000,
    // The fonts are our own and nothing moves, so equal code draws equal pixels; a few at the edge of a curve are forgiven.
    // A line of text, a button or a border that is 4 px off changes some hundreds.
    toHaveScreenshot: { maxDiffPixels: 60 },
  },
  use: {
    browserName: 'chromium',
    viewport: { width: 1024, height: 768 },
    locale: 'en-CA',
    timezoneId: 'America/Toronto',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // Chromium refuses to run as root with its sandbox.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
