import { describe, expect, test } from 'vitest';
import { hearingOf } from '../../../renderer/features/sales/outcome-sound.ts';
import { tones } from '../../../renderer/ui/sound.ts';
import { outcomes } from '../../../shared/domain/outcome.ts';
import { sampleSale } from './samples.ts';

const before = { seq: 4, outcome: 'credited' } as const;

describe('the tone of a sale', () => {
  test.each(outcomes)('is its own when it is %s, and is heard once', (outcome) => {
    const sale = sampleSale(5, { outcome, isSending: false });
    expect(hearingOf(sale, before)).toEqual({ kind: 'play', sound: outcome });
    expect(hearingOf(sale, { seq: 5, outcome })).toEqual({ kind: 'nothing' });
  });

  test('waits while the sale is on the wire, and comes at once where it can not go', () => {
    const sale = sampleSale(5, { outcome: 'stored', isSending: true });
    expect(hearingOf(sale, before)).toEqual({ kind: 'wait' });
    expect(hearingOf({ ...sale, isSending: false }, before)).toEqual({ kind: 'play', sound: 'stored' });
  });

  test('comes again when what was stored is decided later, as long as it is the newest', () => {
    const sale = sampleSale(5, { outcome: 'needs-manager', isSending: false });
    expect(hearingOf(sale, { seq: 5, outcome: 'stored' })).toEqual({ kind: 'play', sound: 'needs-manager' });
    expect(hearingOf(sale, { seq: 6, outcome: 'stored' })).toEqual({ kind: 'nothing' });
  });

  test('never comes for what was there before, nor for nothing', () => {
    expect(hearingOf(sampleSale(4, { outcome: 'credited' }), before)).toEqual({ kind: 'nothing' });
    expect(hearingOf(undefined, before)).toEqual({ kind: 'nothing' });
  });

  test('differs from every other in rhythm or wave, not in pitch alone, and is over in half a second', () => {
    const shapes = Object.values(tones).map((notes) =>
      JSON.stringify(notes.map(({ at, seconds, wave }) => [at, seconds, wave])),
    );
    expect(new Set(shapes).size).toBe(5);
    for (const notes of Object.values(tones))
      expect(Math.max(...notes.map(({ at, seconds }) => at + seconds))).toBeLessThanOrEqual(0.5);
  });
});
