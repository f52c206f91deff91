import { useEffect, useState } from 'react';
import type { PinRefusal } from '../../../shared/contract/operators.ts';

/** A refusal, or that main did not say whether the PIN is right. */
export type PinProblem = PinRefusal | { readonly kind: 'no-answer' };

/** What came of the tries so far, and how many seconds nobody may try again. */
export function usePinTries() {
  const [last, setLast] = useState<{ readonly problem: PinProblem; readonly untilMs: number } | null>(null);
  const [nowMs, setNowMs] = useState(() => performance.now());
  const untilMs = last?.untilMs ?? 0;
  const isWaiting = untilMs > nowMs;
  const isOver = untilMs > 0 && !isWaiting;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(() => setNowMs(performance.now()), 250);
    return () => clearInterval(timer);
  }, [isWaiting]);
  return {
    /** What to say now; nothing once a wait is over. */
    problem: isOver ? null : (last?.problem ?? null),
    waitSeconds: Math.max(0, Math.ceil((untilMs - nowMs) / 1000)),
    isWaiting,
    failed(problem: PinProblem): void {
      const waitMs = 'waitMs' in problem ? problem.waitMs : 0;
      setNowMs(performance.now());
      setLast({ problem, untilMs: waitMs === 0 ? 0 : performance.now() + waitMs });
    },
    /** Another operator was chosen. */
    forget: (): void => setLast(null),
  };
}
