import { expect, test } from 'vitest';
import { dayHintOf } from '../../../shared/domain/day-hint.ts';

const at = (instant: string, wallZone: string, zone: 'EST' | 'America/Toronto' = 'EST') =>
  dayHintOf(Date.parse(instant), zone, wallZone);

test.each([
  ['at noon in Toronto nobody needs to be told', '2026-01-15T17:00:00Z', 'America/Toronto', null],
  ['at noon in Vancouver neither', '2026-01-15T20:00:00Z', 'America/Vancouver', null],
  [
    'at 23:40 in Toronto it is about to change',
    '2026-01-16T04:40:00Z',
    'America/Toronto',
    { kind: 'near-midnight', day: '2026-01-15' },
  ],
  [
    'at 00:10 in Toronto it has just changed',
    '2026-01-16T05:10:00Z',
    'America/Toronto',
    { kind: 'near-midnight', day: '2026-01-16' },
  ],
  [
    'at 22:00 in Vancouver it is tomorrow already',
    '2026-01-16T06:00:00Z',
    'America/Vancouver',
    { kind: 'other-date', day: '2026-01-16' },
  ],
  [
    'at 00:30 in St. John’s it is still yesterday',
    '2026-01-16T04:00:00Z',
    'America/St_Johns',
    { kind: 'other-date', day: '2026-01-15' },
  ],
  [
    'at 00:30 on a summer night in Toronto literal EST has yesterday',
    '2026-07-16T04:30:00Z',
    'America/Toronto',
    { kind: 'other-date', day: '2026-07-15' },
  ],
] as const)('%s', (_name, instant, wallZone, hint) => {
  expect(at(instant, wallZone)).toEqual(hint);
});

test('a programme that follows Toronto’s clock agrees with it in summer, too', () => {
  expect(at('2026-07-16T05:00:00Z', 'America/Toronto', 'America/Toronto')).toBeNull();
});
