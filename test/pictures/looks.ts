import type { Page } from '@playwright/test';

export const sizes = [
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
] as const;

/** Every way a page can look at one size. */
export const looks = (['en-CA', 'fr-CA'] as const).flatMap((language) =>
  (['light', 'dark', 'contrast'] as const).map((theme) => ({ language, theme })),
);
export type Look = (typeof looks)[number];

/** Puts the page into a language and a theme, without touching what it shows; the language by the operator's key. */
export async function wear(page: Page, { language, theme }: Look, operator: Page): Promise<void> {
  await page.emulateMedia({
    colorScheme: theme === 'dark' ? 'dark' : 'light',
    contrast: theme === 'contrast' ? 'more' : 'no-preference',
    reducedMotion: 'reduce',
  });
  const isIn = await page.evaluate(() => document.documentElement.lang);
  if (isIn !== language) await operator.keyboard.press('F8');
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
}
