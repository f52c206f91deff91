import { useLayoutEffect } from 'react';
import type { ScreenChoice } from '../../shared/contract/views.ts';

const preferences = {
  contrast: { query: '(prefers-contrast: more)', value: 'more' },
  motion: { query: '(prefers-reduced-motion: reduce)', value: 'reduced' },
} as const;

/** Puts theme, contrast, type and motion on the document: as the settings say, else as the machine prefers. */
export function useScreenChoice(choice: ScreenChoice | undefined): void {
  const { theme = 'system', contrast = 'system', type = 'normal', motion = 'system' } = choice ?? {};
  // Before the first paint: nobody is to see a screen in another theme or type first.
  useLayoutEffect(() => {
    const root = document.documentElement.dataset;
    root['theme'] = theme;
    root['type'] = type;
    const stops = Object.entries({ contrast, motion }).map(([name, chosen]) => {
      const { query, value } = preferences[name === 'contrast' ? 'contrast' : 'motion'];
      const machine = matchMedia(query);
      const apply = (): void => {
        root[name] = chosen !== 'system' || machine.matches ? value : 'system';
      };
      apply();
      machine.addEventListener('change', apply);
      return () => machine.removeEventListener('change', apply);
    });
    return () => {
      for (const stop of stops) stop();
    };
  }, [theme, contrast, type, motion]);
}
