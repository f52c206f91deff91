import type { LineSettings, ProbeState } from '../../shared/contract/devices.ts';
import { startsWith } from '../../shared/domain/scan/digits.ts';
import { symbolsOf } from '../../shared/domain/scan/symbol.ts';
import type { Clock } from '../clock.ts';
import { createFrameAssembler, type FrameAssembler, scannerProfile } from './frames.ts';
import { closeBounded, type SerialStream } from './stream.ts';

/** Printed on the set-up sheets. A wrong parity can swallow characters and leave others: only the whole text counts. */
export const TEST_CODE = 'MILEPOST-TEST-0123456789';

/** The settings scanners are found with, likeliest first. */
const probedLines: readonly LineSettings[] = [
  { baudRate: 9600, framing: '8N1' },
  { baudRate: 9600, framing: '7E1' },
  { baudRate: 9600, framing: '7O1' },
  { baudRate: 115_200, framing: '8N1' },
  { baudRate: 19_200, framing: '8N1' },
  { baudRate: 38_400, framing: '8N1' },
];

/** After bytes that were not the test code, so long is waited for more of them before the next settings are tried. */
const SETTLE_MS = 400;
/** Without any bytes. A person scans every second or so. */
const PATIENCE_MS = 6_000;
const ROUNDS = 3;

export interface ProbeOptions {
  readonly deviceId: string;
  readonly path: string;
  readonly openStream: (path: string, line: LineSettings) => SerialStream;
  readonly clock: Clock;
  readonly onState: (state: ProbeState) => void;
}

export interface Probe {
  /** Resolves when the port is free again. */
  stop(): Promise<void>;
}

/** Whether a frame is the test code, with or without an identifier. Pure. */
function isTestCode(frame: Uint8Array): boolean {
  const [symbol, ...others] = symbolsOf(frame);
  return (
    others.length === 0 && symbol?.data.length === TEST_CODE.length && startsWith(symbol.data, TEST_CODE)
  );
}

/**
 * Tries line settings one after the other on a port that nothing else has open, while a person scans the test code again
 * and again. What is read is compared and wiped.
 */
export function startProbe({ deviceId, path, openStream, clock, onState }: ProbeOptions): Probe {
  let turn = 0;
  let bytesSeen = 0;
  let isOver = false;
  let stream: SerialStream | undefined;
  let closing = Promise.resolve();
  let cancelTimer = (): void => undefined;

  function tryNext(): void {
    const line = probedLines[turn % probedLines.length];
    if (isOver || line === undefined) return;
    if (turn >= probedLines.length * ROUNDS) {
      isOver = true;
      return onState({ step: 'failed', deviceId, bytes: bytesSeen });
    }
    turn += 1;
    onState({ step: 'trying', deviceId, line, bytes: bytesSeen });
    listen(line);
  }

  function listen(line: LineSettings): void {
    const opened = openStream(path, line);
    stream = opened;
    let isDone = false;
    const end = (isFound: boolean): void => {
      if (isDone) return;
      isDone = true;
      cancelTimer();
      closing = closeBounded(opened, clock).then(() => undefined);
      void closing.then(() => {
        if (isOver) return;
        if (!isFound) return tryNext();
        isOver = true;
        onState({ step: 'found', deviceId, line });
      });
    };
    const waitFor = (ms: number): void => {
      cancelTimer();
      cancelTimer = clock.after(ms, () => end(false));
    };
    const assembler: FrameAssembler = createFrameAssembler(scannerProfile, (event) => {
      if (event.kind === 'frame' && isTestCode(event.bytes)) end(true);
    });
    opened.on('error', () => end(false));
    opened.on('close', () => end(false));
    opened.on('data', (bytes) => {
      bytesSeen += bytes.length;
      assembler.push(bytes, clock.monotonicMs());
      bytes.fill(0);
      if (!isDone) waitFor(SETTLE_MS);
    });
    waitFor(PATIENCE_MS);
    opened.open();
  }

  tryNext();
  return {
    async stop() {
      const wasOver = isOver;
      isOver = true;
      cancelTimer();
      if (!wasOver && stream !== undefined) await closeBounded(stream, clock);
      await closing;
    },
  };
}
