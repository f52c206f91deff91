import * as fc from 'fast-check';
import { createWedgeBurst, type BurstStep } from '../../../renderer/features/devices/wedge-burst.ts';
import type { WedgeSettings } from '../../../shared/contract/devices.ts';

export const timing: WedgeSettings = { mode: 'timing', prefix: '~', layout: 'system' };
export const prefixed: WedgeSettings = { mode: 'prefix', prefix: '~', layout: 'system' };

export const scannerGaps = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 20 });

/** What a row of keys comes to: the scans told, and the text that reached the page, in order. */
export function runKeys(
  settings: WedgeSettings,
  keys: readonly string[],
  gapsMs: readonly number[],
  holdsFirst = false,
) {
  const burst = createWedgeBurst(settings);
  const scans: string[] = [];
  let typed = '';
  let entered = 0;
  let nowMs = 0;
  const take = (step: BurstStep): void => {
    if (step.kind === 'scan') {
      // The first key was let through, and is taken out of its field again.
      if (settings.mode === 'timing' && !holdsFirst) typed = typed.slice(0, -1);
      scans.push(step.text);
    }
    if (step.kind === 'typed') typed += step.text;
  };
  for (const [index, key] of keys.entries()) {
    const gapMs = gapsMs[index % gapsMs.length] ?? 0;
    if (gapMs > 100) take(burst.silence());
    nowMs += gapMs;
    const step = burst.press({ key, code: '', shiftKey: false, isAltGraph: false }, nowMs, holdsFirst);
    take(step);
    const isTaken = step.kind === 'hold' || (step.kind === 'scan' && step.isOwnKey);
    if (!isTaken && key.length === 1 && !(step.kind === 'typed' && step.isKeyHeld)) typed += key;
    if (!isTaken && key === 'Enter') entered += 1;
  }
  take(burst.silence());
  return { scans, typed, entered };
}
