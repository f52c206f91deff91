import { describe, expect, test } from 'vitest';
import { createSession } from '../../../main/operators/session.ts';
import { createManualClock } from '../manual-clock.ts';

const MINUTE = 60_000;

function signedIn(autoLockMinutes = 5) {
  const manual = createManualClock();
  let locks = 0;
  const session = createSession({
    clock: manual.clock,
    autoLockMs: autoLockMinutes * MINUTE,
    onAutoLock: () => (locks += 1),
  });
  session.start('ana');
  return { ...manual, session, lockCount: () => locks };
}

describe('a session', () => {
  test('locks by itself after the minutes without a touch, once', () => {
    const { session, advance, lockCount } = signedIn();
    advance(5 * MINUTE - 1);
    expect(session.current()).toEqual({ operatorId: 'ana', isLocked: false });
    advance(1);
    expect(lockCount()).toBe(1);
    expect(session.current()).toEqual({ operatorId: 'ana', isLocked: true });
    advance(60 * MINUTE);
    expect(lockCount()).toBe(1);
  });

  test('begins its minutes anew at a touch', () => {
    const { session, advance, lockCount } = signedIn();
    advance(4 * MINUTE);
    session.active();
    advance(4 * MINUTE);
    expect(lockCount()).toBe(0);
    advance(MINUTE);
    expect(lockCount()).toBe(1);
  });

  test('is not unlocked by a touch, only by signing in again', () => {
    const { session, advance } = signedIn();
    session.lock();
    session.active();
    advance(1);
    expect(session.current()?.isLocked).toBe(true);
    session.start('ana');
    expect(session.current()?.isLocked).toBe(false);
  });

  test('is locked when the machine wakes from a sleep in which its timers stood still', () => {
    const { session, jump, lockCount } = signedIn();
    jump(30 * MINUTE);
    session.active();
    expect(session.current()?.isLocked).toBe(true);
    expect(lockCount()).toBe(1);
  });

  test('never locks by itself at 0 minutes, and leaves no timer behind when it ends', () => {
    const never = signedIn(0);
    never.advance(10_000 * MINUTE);
    expect(never.session.current()?.isLocked).toBe(false);
    const ended = signedIn();
    ended.session.end();
    expect(ended.pendingTimers()).toBe(0);
    expect(ended.session.current()).toBeNull();
  });
});
