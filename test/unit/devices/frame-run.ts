import {
  createFrameAssembler,
  type FrameAssembler,
  type FrameEvent,
  type FrameProfile,
  scannerProfile,
} from '../../../main/devices/frames.ts';

/** A frame as text or a fault's code: what a listener saw, kept after the assembler wiped its buffer. */
export type Seen = { readonly frame: string } | { readonly fault: string };

export interface Run {
  readonly assembler: FrameAssembler;
  readonly seen: Seen[];
  /** The views the listener was given. */
  readonly views: Uint8Array[];
}

export function startRun(profile: FrameProfile = scannerProfile): Run {
  const seen: Seen[] = [];
  const views: Uint8Array[] = [];
  const assembler = createFrameAssembler(profile, (event: FrameEvent) => {
    if (event.kind === 'fault') seen.push({ fault: event.code });
    else {
      seen.push({ frame: Buffer.from(event.bytes).toString('latin1') });
      views.push(event.bytes);
    }
  });
  return { assembler, seen, views };
}

export function bytes(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** Everything seen for text that arrives at once and is followed by a long silence. */
export function framesOf(text: string): Seen[] {
  const { assembler, seen } = startRun();
  assembler.push(bytes(text), 0);
  assembler.tick(10_000);
  return seen;
}
