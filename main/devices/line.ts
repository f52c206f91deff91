import type { CollectorNumberRule } from '../../shared/domain/collector-number.ts';
import { classify } from './classify.ts';
import type { Clock } from '../clock.ts';
import { createFrameAssembler, scannerProfile } from './frames.ts';
import { refused, type Scan } from './scan.ts';

/** A stuck or misconfigured device repeats itself without end; a person never scans twice this fast. */
const SAME_REFUSAL_MS = 300;

/** From bytes to scans: one serial line's frames, cut, classified and wiped. */
export interface ScanLine {
  take(bytes: Uint8Array): void;
  /** Forgets a frame in progress. */
  reset(): void;
}

/**
 * Reads one line. The same refusal again within 300 ms of the last is announced once: a stripe that comes as several
 * lines, or garbage at full speed, is one event to a person. Collectors are all announced.
 */
export function createScanLine(
  rule: CollectorNumberRule,
  clock: Clock,
  onFrame: () => void,
  onScan: (scan: Scan) => void,
): ScanLine {
  let cancelTimer: (() => void) | undefined;
  let lastRefusal: string | undefined;
  let lastRefusalMs = 0;

  function announce(scan: Scan): void {
    const nowMs = clock.monotonicMs();
    const code = scan.kind === 'refused' ? scan.code : undefined;
    const isRepeat = code !== undefined && code === lastRefusal && nowMs - lastRefusalMs < SAME_REFUSAL_MS;
    lastRefusal = code;
    lastRefusalMs = nowMs;
    if (!isRepeat) onScan(scan);
  }

  const assembler = createFrameAssembler(scannerProfile, (event) => {
    if (event.kind === 'fault') return announce(refused(event.code));
    onFrame();
    announce(classify(event.bytes, rule));
  });

  function arm(): void {
    cancelTimer?.();
    const dueMs = assembler.dueMs();
    cancelTimer =
      dueMs === undefined ? undefined : clock.after(Math.max(1, dueMs - clock.monotonicMs()), tick);
  }

  function tick(): void {
    assembler.tick(clock.monotonicMs());
    arm();
  }

  return {
    take(bytes) {
      assembler.push(bytes, clock.monotonicMs());
      arm();
    },
    reset() {
      assembler.reset();
      arm();
    },
  };
}
