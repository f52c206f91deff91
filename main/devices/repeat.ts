import type { Scan } from './scan.ts';

const REPEAT_MS = 1_000;

/** Tells a Collector read again within a second of its last read; a card held under the beam stays one scan. */
export function createRepeatFilter(nowMs: () => number): (scan: Scan) => boolean {
  let lastNumber: string | undefined;
  let lastMs = 0;
  return (scan) => {
    if (scan.kind !== 'collector') return false;
    const readMs = nowMs();
    const isSame = scan.collectorNumber === lastNumber && readMs - lastMs < REPEAT_MS;
    lastNumber = scan.collectorNumber;
    lastMs = readMs;
    return isSame;
  };
}
