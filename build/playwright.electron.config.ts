import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

/** What only the browser host has, and on Windows what needs a pseudo-terminal. */
const left = process.platform === 'win32' ? /@browser|@serial/ : /@browser/;

/**
 * The end-to-end suite under Electron itself, against the packaged test build that PACKAGED_PROGRAM names: run by the
 * release workflow. Left out are tests of the browser host, of how its pages are fetched, and of how they look.
 */
export default defineConfig({
  testDir: fileURLToPath(new URL('../test', import.meta.url)),
  testMatch: ['electron/*.test.ts', 'e2e/*.test.ts'],
  testIgnore: /\/(accessibility|look|first-load|late-parts|hostile-page|scan-mix)\.test\.ts$/,
  grepInvert: left,
  outputDir: fileURLToPath(new URL('../test-results/electron', import.meta.url)),
  timeout: 120_000,
  workers: 1,
  retries: 0,
  reporter: 'list',
});
