/** Readers send a swipe as one line or as a line a track, close together. */
const GROUP_MS = 80;
const MAX_BYTES = 512;

/** Joins the lines of one swipe. */
export interface StripeGroup {
  /** Adds a line; false where a swipe can not be that long, and nothing of it is kept. */
  add(line: Uint8Array, nowMs: number): boolean;
  /** Hands over what is pending, as a view that is wiped when `take` returns. */
  end(take: (swipe: Uint8Array) => void): void;
  /** Wipes what is pending. */
  drop(): void;
  dueMs(): number | undefined;
}

export function createStripeGroup(): StripeGroup {
  const buffer = new Uint8Array(MAX_BYTES);
  let length = 0;
  let lastLineMs = 0;

  function drop(): void {
    buffer.fill(0);
    length = 0;
  }

  return {
    add(line, nowMs) {
      if (length + line.length > buffer.length) {
        drop();
        return false;
      }
      buffer.set(line, length);
      length += line.length;
      lastLineMs = nowMs;
      return true;
    },
    end(take) {
      if (length === 0) return;
      take(buffer.subarray(0, length));
      drop();
    },
    drop,
    dueMs: () => (length === 0 ? undefined : lastLineMs + GROUP_MS),
  };
}
