import type { Clock } from '../clock.ts';

/** Left standing this long without a key or a touch, a form is nobody's any more. */
const KEYED_LIMIT_MS = 15 * 60_000;

/**
 * Whether somebody keys a return or a correction: it lives in the window until it is recorded, so the window says so. A
 * window that closed in between says nothing more, hence the limit.
 */
export function createKeying(clock: Pick<Clock, 'monotonicMs'>) {
  let touchedAtMs: number | undefined;
  return {
    /** Touched just now, or left. */
    say(isOpen: boolean): void {
      touchedAtMs = isOpen ? clock.monotonicMs() : undefined;
    },
    isOpen: (): boolean => touchedAtMs !== undefined && clock.monotonicMs() - touchedAtMs < KEYED_LIMIT_MS,
  };
}
export type Keying = ReturnType<typeof createKeying>;
