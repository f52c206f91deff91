import type { EventPayload } from '../../shared/contract/contract.ts';

export type Scan = EventPayload<'scan'>;

interface ScanRouterOptions {
  /** A dialog is open, or a question waits: what is scanned now would land in it, or in the screen behind it. */
  readonly isHeldBack: () => boolean;
  /** Says for the ears that a scan was not taken. */
  readonly refuse: () => void;
  /** Where a scan goes that no page asked for. */
  readonly toCheckout: (scan: Scan) => void;
}

export interface ScanRouter {
  route(scan: Scan): void;
  /** Gives every scan to `listener`, before those who asked earlier, until the returned function is called. */
  take(listener: (scan: Scan) => void): () => void;
}

/** Takes each scan where its content belongs, whatever has the focus; one at a time, and none is kept for later. */
export function createScanRouter({ isHeldBack, refuse, toCheckout }: ScanRouterOptions): ScanRouter {
  const takers: ((scan: Scan) => void)[] = [];
  return {
    route(scan) {
      if (isHeldBack()) return refuse();
      if (scan.kind === 'refused') refuse();
      (takers.at(-1) ?? toCheckout)(scan);
    },
    take(listener) {
      takers.push(listener);
      return () => {
        const place = takers.lastIndexOf(listener);
        if (place !== -1) takers.splice(place, 1);
      };
    },
  };
}
