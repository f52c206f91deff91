import type { Scan } from './scan.ts';

const REPEAT_MS = 1_000;

/**
 * Tells what was read again within a second of its last read; a card held under the beam stays one scan. `readMs` is when
 * it was read, by a clock that never goes back.
 */
export function createRepeatFilter(): (scan: Scan, readMs: number) => boolean {
  let last: { readonly kind: Scan['kind']; readonly content: string } | undefined;
  let lastMs = 0;
  return (scan, readMs) => {
    const content = contentOf(scan);
    if (content === undefined) return false;
    const isSame =
      last !== undefined &&
      last.content === content &&
      last.kind === scan.kind &&
      readMs - lastMs < REPEAT_MS;
    last = { kind: scan.kind, content };
    lastMs = readMs;
    return isSame;
  };
}

function contentOf(scan: Scan): string | undefined {
  if (scan.kind === 'collector') return scan.collectorNumber;
  if (scan.kind === 'receipt') return scan.reference;
  return scan.kind === 'coupon' ? scan.couponCode : undefined;
}
