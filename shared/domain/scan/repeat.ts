import type { Scan } from './scan.ts';

const REPEAT_MS = 1_000;

/** Tells what was read again within a second of its last read; a card held under the beam stays one scan. */
export function createRepeatFilter(nowMs: () => number): (scan: Scan) => boolean {
  let last: string | undefined;
  let lastMs = 0;
  return (scan) => {
    const content = contentOf(scan);
    if (content === undefined) return false;
    const readMs = nowMs();
    const isSame = content === last && readMs - lastMs < REPEAT_MS;
    last = content;
    lastMs = readMs;
    return isSame;
  };
}

function contentOf(scan: Scan): string | undefined {
  if (scan.kind === 'collector') return `collector ${scan.collectorNumber}`;
  if (scan.kind === 'receipt') return `receipt ${scan.reference}`;
  return scan.kind === 'coupon' ? `coupon ${scan.couponCode}` : undefined;
}
