import { setTimeout as delay } from 'node:timers/promises';
import type { RunningTerminal } from './terminal-life.ts';

const LOOK_AGAIN_MS = 50;

/** Waits until nothing is left to send; false where that never comes. */
export async function drain({ window }: RunningTerminal, patienceMs: number): Promise<boolean> {
  const limitMs = performance.now() + patienceMs;
  while (performance.now() < limitMs) {
    const snapshot = await window.snapshot();
    if (snapshot === undefined) return false;
    if (snapshot.status.storedCount === 0) return true;
    await delay(LOOK_AGAIN_MS);
  }
  return false;
}
