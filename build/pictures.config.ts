import { defineConfig } from '@playwright/test';
import endToEnd from './playwright.config.ts';

/** `npm run screenshots`: every page and state, in both languages, themes and sizes, into out/screenshots. */
export default defineConfig({
  ...endToEnd,
  testDir: '../test/pictures',
  testMatch: '**/*.pictures.ts',
  timeout: 600_000,
  reporter: 'list',
});
