import type { ScanRefusal } from '../../shared/domain/scan/scan.ts';
import { isWholeStripe } from '../../shared/domain/scan/stripe.ts';

const NUL = 0x00;
const STX = 0x02;
const ETX = 0x03;
const LF = 0x0a;
const CR = 0x0d;
const DLE = 0x10;
const ESC = 0x1b;
const GS = 0x1d;
const SPACE = 0x20;
const DEL = 0x7f;

/** How one kind of device cuts its bytes into frames. */
export interface FrameProfile {
  /** The longest frame kept; what is longer is refused and dropped. */
  readonly maxBytes: number;
  /** Silence that ends a frame left without a terminator. One byte at 9600 baud takes 1 ms, an FTDI bridge adds 16. */
  readonly idleMs: number;
  readonly terminators: readonly number[];
}

export const scannerProfile: FrameProfile = {
  maxBytes: 512,
  idleMs: 120,
  terminators: [CR, LF, ETX, DLE],
};

/** Why bytes did not become a frame, in the words of the contract. */
export type FrameFault = Extract<ScanRefusal, 'incomplete' | 'too-long' | 'bad-bytes'>;

/** `bytes` is a view of the assembler's own buffer: it is zeroed when the listener returns, so copy nothing of it. */
export type FrameEvent =
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  | { readonly kind: 'fault'; readonly code: FrameFault };

export interface FrameAssembler {
  /** Takes bytes that arrived at `nowMs` (a clock that never goes back) and emits what they complete, in order. */
  push(bytes: Uint8Array, nowMs: number): void;
  /** Ends what silence has ended by `nowMs`. Calling it early or often changes nothing. */
  tick(nowMs: number): void;
  /** Nobody could look until `nowMs`: what is pending may have gone on long before, so its silence begins anew. */
  resume(nowMs: number): void;
  /** When `tick` is next due, or `undefined` while nothing is pending. */
  dueMs(): number | undefined;
  /** Forgets everything pending: half a frame must not survive a reconnect. */
  reset(): void;
}

/** What a byte does on a line. */
const [KEPT, SPOILING, DROPPED, STARTING, ENDING] = [0, 1, 2, 3, 4];

/** What each of the 256 bytes does, looked up once a byte. */
function effectsOf(terminators: readonly number[]): Uint8Array {
  const effects = new Uint8Array(256).map((_, byte) =>
    (byte >= SPACE && byte < DEL) || byte === GS ? KEPT : SPOILING,
  );
  effects[NUL] = effects[ESC] = DROPPED;
  effects[STX] = STARTING;
  for (const byte of terminators) effects[byte] = ENDING;
  return effects;
}

/**
 * Cuts a serial line into frames, one byte at a time, in `maxBytes` of memory. A terminator ends a frame and empty ones
 * are ignored; STX starts one; NUL and ESC are dropped; GS is the one control byte allowed inside (GS1's separator); any
 * other control byte, or one above 0x7e, spoils its frame. Too much without an end is dropped until the line falls
 * silent, not until a terminator: the tail of garbage must not pass for a frame. Silence ends a stripe that shows its own
 * end; half of anything else is refused.
 */
export function createFrameAssembler(
  profile: FrameProfile,
  emit: (event: FrameEvent) => void,
): FrameAssembler {
  const buffer = new Uint8Array(profile.maxBytes);
  const effects = effectsOf(profile.terminators);
  /** Views of the buffer by their length: making one anew for every frame costs more than reading it. */
  const views: Uint8Array[] = [];
  let length = 0;
  let isSpoiled = false;
  let isDiscarding = false;
  let lastByteMs = 0;

  function clear(): void {
    buffer.fill(0, 0, length);
    length = 0;
    isSpoiled = false;
  }

  /** Ends what is pending: as a frame where `isWhole`, as a fault otherwise. */
  function end(isWhole: boolean): void {
    if (isSpoiled) emit({ kind: 'fault', code: 'bad-bytes' });
    else if (length > 0 && isWhole)
      emit({ kind: 'frame', bytes: (views[length] ??= buffer.subarray(0, length)) });
    else if (length > 0) emit({ kind: 'fault', code: 'incomplete' });
    clear();
  }

  function keep(byte: number, isSpoiling: boolean): void {
    if (length === buffer.length) {
      clear();
      isDiscarding = true;
      emit({ kind: 'fault', code: 'too-long' });
      return;
    }
    buffer[length] = byte;
    length += 1;
    if (isSpoiling) isSpoiled = true;
  }

  function isPending(): boolean {
    return length > 0 || isDiscarding;
  }

  function tick(nowMs: number): void {
    if (!isPending() || nowMs - lastByteMs < profile.idleMs) return;
    if (isDiscarding) isDiscarding = false;
    else end(isWholeStripe(buffer.subarray(0, length)));
  }

  return {
    push(bytes, nowMs) {
      tick(nowMs);
      if (bytes.length > 0) lastByteMs = nowMs;
      for (const byte of bytes) {
        const effect = effects[byte];
        if (isDiscarding || effect === DROPPED) continue;
        if (effect === ENDING) end(true);
        else if (effect === STARTING) end(false);
        else keep(byte, effect === SPOILING);
      }
    },
    tick,
    resume: (nowMs) => void (lastByteMs = nowMs),
    dueMs: () => (isPending() ? lastByteMs + profile.idleMs : undefined),
    reset() {
      clear();
      isDiscarding = false;
    },
  };
}
