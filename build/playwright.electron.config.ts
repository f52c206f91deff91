import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

/** The suite that needs Electron itself: run by the release workflow, against a packaged test build. */
export default defineConfig({
  testDir: fileURLToPath(new URL('../test/electron', import.meta.url)),
  outputDir: fileURLToPath(new URL('../test-results/electron', import.meta.url)),
  timeout: 120_000,
  workers: 1,
  retries: 0,
  reporter: 'list',
});
