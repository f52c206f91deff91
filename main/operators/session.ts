import type { Clock } from '../clock.ts';

export interface Session {
  readonly operatorId: string;
  readonly isLocked: boolean;
}

/**
 * Who is signed in at this terminal, in memory: a restart signs out. Locks after a time without a touch; time is taken on
 * both clocks, so that a machine that slept is locked when it wakes.
 */
export function createSession(options: {
  readonly clock: Clock;
  /** 0 never locks by itself. */
  readonly autoLockMs: number;
  readonly onAutoLock: () => void;
}) {
  const { clock, autoLockMs, onAutoLock } = options;
  let session: Session | null = null;
  let touched = { monotonicMs: 0, nowMs: 0 };
  let cancel: (() => void) | undefined;

  const idleMs = (): number =>
    Math.max(clock.monotonicMs() - touched.monotonicMs, clock.nowMs() - touched.nowMs);

  function watch(): void {
    cancel?.();
    cancel = undefined;
    if (session === null || session.isLocked || autoLockMs === 0) return;
    cancel = clock.after(Math.max(0, autoLockMs - idleMs()), () => {
      cancel = undefined;
      lockIfIdle();
      watch();
    });
  }
  function lockIfIdle(): void {
    if (session === null || session.isLocked || autoLockMs === 0 || idleMs() < autoLockMs) return;
    session = { ...session, isLocked: true };
    onAutoLock();
  }
  function touch(): void {
    touched = { monotonicMs: clock.monotonicMs(), nowMs: clock.nowMs() };
  }

  return {
    /** As it stands now. */
    current(): Session | null {
      lockIfIdle();
      return session;
    },
    start(operatorId: string): void {
      session = { operatorId, isLocked: false };
      touch();
      watch();
    },
    /** Somebody touched the terminal; a touch does not unlock. */
    active(): void {
      lockIfIdle();
      if (session === null || session.isLocked) return;
      touch();
      watch();
    },
    lock(): void {
      if (session !== null) session = { ...session, isLocked: true };
      watch();
    },
    end(): void {
      session = null;
      watch();
    },
    stop: () => cancel?.(),
  };
}
