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
