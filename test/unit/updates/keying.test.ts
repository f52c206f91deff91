import { expect, test } from 'vitest';
import { createKeying } from '../../../main/updates/keying.ts';
import { createManualClock } from '../manual-clock.ts';

test('a return being keyed is open until it is left', () => {
  const keying = createKeying(createManualClock().clock);
  expect(keying.isOpen()).toBe(false);
  keying.say(true);
  expect(keying.isOpen()).toBe(true);
  keying.say(false);
  expect(keying.isOpen()).toBe(false);
});

test('one that a closed window left standing counts for a quarter of an hour after its last key', () => {
  const { clock, advance, jump } = createManualClock();
  const keying = createKeying(clock);
  keying.say(true);
  advance(14 * 60_000);
  keying.say(true);
  // The wall clock is set: nothing of it.
  jump(3 * 3_600_000);
  advance(14 * 60_000);
  expect(keying.isOpen()).toBe(true);
  advance(60_000);
  expect(keying.isOpen()).toBe(false);
});
