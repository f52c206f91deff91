import { expect, test } from 'vitest';
import { createApprovals } from '../../../main/operators/approvals.ts';
import { createManualClock } from '../manual-clock.ts';

test('an approval is a word of its own, good once', () => {
  const approvals = createApprovals(createManualClock().clock);
  const [one, other] = [approvals.give('ana'), approvals.give('ana')];
  expect(one).not.toBe(other);
  expect(one).toMatch(/^[\w-]{43}$/);
  expect(approvals.take(one)).toBe('ana');
  expect(approvals.take(one)).toBeUndefined();
  expect(approvals.take(other)).toBe('ana');
  expect(approvals.take('guessed')).toBeUndefined();
});

test('an approval lapses after a minute, whatever the wall clock says', () => {
  const { clock, advance, jump } = createManualClock();
  const approvals = createApprovals(clock);
  const [early, late] = [approvals.give('ana'), approvals.give('ana')];
  advance(59_999);
  expect(approvals.take(early)).toBe('ana');
  jump(-3_600_000);
  advance(1);
  expect(approvals.take(late)).toBeUndefined();
});
