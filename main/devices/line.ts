import { faultReading, readFrame } from '../../shared/domain/scan/classify.ts';
import type { ScanRules } from '../../shared/domain/scan/rules.ts';
import type { Reading, ScanRefusal } from '../../shared/domain/scan/scan.ts';
import { isStripe } from '../../shared/domain/scan/stripe.ts';
import type { Clock } from '../clock.ts';
import { createFrameAssembler, type FrameProfile } from './frames.ts';
import { createStripeGroup } from './stripe-group.ts';

/** A stuck or misconfigured device repeats itself without end; a person never scans twice this fast. */
const SAME_REFUSAL_MS = 300;
/** So many frames in a row that are no frames are no accident: speed or parity is wrong. */
const WRONG_LINE_COUNT = 5;
/** Before silence is believed, what may have come meanwhile is read once more. */
const LAST_LOOK_MS = 1;
/** How long after a payment card its other tracks may still come. */
const SWIPE_MS = 80;

/** From bytes to readings: one serial line's frames, cut, classified and wiped. */
export interface ScanLine {
  take(bytes: Uint8Array): void;
  /** Forgets a frame in progress. */
  reset(): void;
}

export interface ScanLineOptions {
  readonly profile: FrameProfile;
  /** Asked for at every frame: a card may just have been taught. */
  readonly rules: () => ScanRules;
  readonly clock: Clock;
  /** A frame came whole. */
  readonly onFrame: () => void;
  /** A view that is wiped afterwards; true takes the frame away from the classifier. */
  readonly intercept?: (frame: Uint8Array) => boolean;
  readonly onReading: (reading: Reading) => void;
}

/**
 * Reads one line. The same refusal again within 300 ms of the last is announced once: garbage at full speed is one
 * event to a person. Silence is the timer's to tell: on a machine that was held up, bytes that waited are read first, and
 * are not taken for late ones. Collectors are all announced. The lines of a swipe are joined for 80 ms, but a payment card is
 * dropped with its first line.
 */
export function createScanLine(options: ScanLineOptions): ScanLine {
  const { clock } = options;
  // A track without a terminator is a frame only when silence has ended it.
  const swipeMs = SWIPE_MS + options.profile.idleMs;
  const swipe = createStripeGroup();
  let cancelTimer: (() => void) | undefined;
  let lastRefusal: string | undefined;
  let lastRefusalMs = 0;
  let faultsInRow = 0;
  let paymentUntilMs = Number.NEGATIVE_INFINITY;

  function announce(reading: Reading): void {
    if (reading.scan?.kind !== 'refused') {
      lastRefusal = undefined;
      return options.onReading(reading);
    }
    const [nowMs, { code }] = [clock.monotonicMs(), reading.scan];
    const isRepeat = code === lastRefusal && nowMs - lastRefusalMs < SAME_REFUSAL_MS;
    lastRefusal = code;
    lastRefusalMs = nowMs;
    if (!isRepeat) options.onReading(reading);
  }

  function fault(code: ScanRefusal): void {
    faultsInRow += code === 'too-long' ? 0 : 1;
    announce(faultReading(faultsInRow >= WRONG_LINE_COUNT ? 'line-settings' : code));
  }

  function read(frame: Uint8Array): void {
    if (options.intercept?.(frame) !== true) announce(readFrame(frame, options.rules()));
  }

  function takeFrame(frame: Uint8Array): void {
    faultsInRow = 0;
    options.onFrame();
    if (!isStripe(frame)) {
      swipe.end(read);
      return read(frame);
    }
    const nowMs = clock.monotonicMs();
    if (nowMs <= paymentUntilMs) {
      paymentUntilMs = nowMs + swipeMs;
      return;
    }
    const alone = readFrame(frame, options.rules());
    if (alone.observation.outcome === 'payment-card') {
      swipe.drop();
      paymentUntilMs = nowMs + swipeMs;
      return announce(alone);
    }
    if (!swipe.add(frame, nowMs)) announce(faultReading('too-long'));
  }

  const assembler = createFrameAssembler(options.profile, (event) => {
    if (event.kind === 'frame') return takeFrame(event.bytes);
    swipe.end(read);
    fault(event.code);
  });

  function arm(): void {
    cancelTimer?.();
    const [due, ...others] = [assembler.dueMs(), swipe.dueMs()].filter((ms) => ms !== undefined);
    if (due === undefined) return void (cancelTimer = undefined);
    const dueMs = Math.min(due, ...others);
    const wait = (untilMs: number, act: () => void): void => {
      cancelTimer = clock.after(Math.max(LAST_LOOK_MS, untilMs - clock.monotonicMs()), act);
    };
    wait(dueMs - LAST_LOOK_MS, () => wait(dueMs, tick));
  }

  function tick(): void {
    const nowMs = clock.monotonicMs();
    assembler.tick(nowMs);
    // A track still on its way keeps the swipe open.
    const dueMs = swipe.dueMs();
    if (dueMs !== undefined && dueMs <= nowMs && assembler.dueMs() === undefined) swipe.end(read);
    arm();
  }

  return {
    take(bytes) {
      const nowMs = clock.monotonicMs();
      const [frameDueMs, swipeDueMs] = [assembler.dueMs(), swipe.dueMs()];
      // A timer that comes late must not join two swipes.
      if (swipeDueMs !== undefined && swipeDueMs <= nowMs && frameDueMs === undefined) swipe.end(read);
      if (frameDueMs !== undefined && frameDueMs <= nowMs) assembler.resume(nowMs);
      assembler.push(bytes, nowMs);
      arm();
    },
    reset() {
      assembler.reset();
      swipe.drop();
      arm();
    },
  };
}
