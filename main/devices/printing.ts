import { createConnection } from 'node:net';
import type { Clock } from '../clock.ts';
import type { PrinterLook, PrintJob, PrintResult } from './messages.ts';

const CONNECT_MS = 5_000;
/** A receipt takes seconds; a printer that is out of paper or switched off takes for ever. */
const WRITE_MS = 30_000;
const ANSWER_MS = 15_000;

/**
 * ESC/POS `GS r 1`: send the paper sensor's status. The printer takes it in its turn, after everything before it, so
 * the answer says that the job was printed.
 */
const ASK_STATUS = Uint8Array.of(0x1d, 0x72, 0x01);
const PAPER_END_BITS = 0x0c;

/** ESC/POS `DLE EOT 4`: the paper sensors, at once, also where the printer stopped because it has none. */
const ASK_PAPER = Uint8Array.of(0x10, 0x04, 0x04);
const LOOK_MS = 2_000;
const PAPER_GONE_BITS = 0x60;
const PAPER_LOW_BITS = 0x0c;

/** A way to a printer for one job. */
export interface PrinterLine {
  /** `refused`: nothing was written. `lost`: how much arrived is not known. */
  send(bytes: Uint8Array): Promise<'sent' | 'refused' | 'lost'>;
  /** The next byte from the printer, or `undefined` when it went away. */
  answer(): Promise<number | undefined>;
  /** Gives up, so that nothing of this job is left for the next. */
  abandon(): void;
  /** The job is done. */
  end(): void;
}

const timedOut = Symbol('timed out');

function within<Value>(
  work: Promise<Value>,
  limitMs: number,
  clock: Clock,
): Promise<Value | typeof timedOut> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(limitMs, () => resolve(timedOut));
    void work.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (error: Error) => {
        cancel();
        reject(error);
      },
    );
  });
}

/** Prints one job, once. Never tries again: what became of it is told, and a person decides. */
export async function printOn(
  line: PrinterLine,
  bytes: Uint8Array,
  confirms: boolean,
  clock: Clock,
): Promise<PrintResult> {
  const whole = confirms ? Buffer.concat([bytes, ASK_STATUS]) : bytes;
  const sent = await within(line.send(whole), WRITE_MS, clock);
  if (sent === 'refused') {
    line.end();
    return { kind: 'failed', reason: 'not-connected' };
  }
  if (sent !== 'sent') {
    line.abandon();
    return { kind: 'unknown', reason: sent === 'lost' ? 'lost' : 'no-answer' };
  }
  if (!confirms) {
    line.end();
    return { kind: 'printed', isConfirmed: false };
  }
  const status = await within(line.answer(), ANSWER_MS, clock);
  if (status === timedOut || status === undefined) {
    line.abandon();
    return { kind: 'unknown', reason: status === undefined ? 'lost' : 'no-answer' };
  }
  line.end();
  // At the end of its paper it may have stopped in the middle of the job.
  if ((status & PAPER_END_BITS) === PAPER_END_BITS) return { kind: 'unknown', reason: 'paper-out' };
  return { kind: 'printed', isConfirmed: true };
}

/** Looks whether a printer is there and, where it answers, whether it has paper. Prints nothing. */
export async function lookAtPrinter(
  line: PrinterLine,
  confirms: boolean,
  clock: Clock,
): Promise<PrinterLook> {
  const sent = await within(line.send(confirms ? ASK_PAPER : new Uint8Array()), LOOK_MS, clock);
  if (sent !== 'sent') {
    line.end();
    return 'not-reached';
  }
  const paper = confirms ? await within(line.answer(), LOOK_MS, clock) : undefined;
  line.end();
  if (!confirms) return 'reached';
  if (paper === timedOut || paper === undefined) return 'silent';
  if ((paper & PAPER_GONE_BITS) !== 0) return 'paper-out';
  return (paper & PAPER_LOW_BITS) === 0 ? 'well' : 'paper-low';
}

/** Bytes from a printer, one wait at a time. */
export function createAnswers() {
  let waiting: ((byte: number | undefined) => void) | undefined;
  return {
    take(bytes: Uint8Array): void {
      const last = bytes.at(-1);
      if (last === undefined) return;
      waiting?.(last);
      waiting = undefined;
    },
    gone(): void {
      waiting?.(undefined);
      waiting = undefined;
    },
    next: (): Promise<number | undefined> =>
      new Promise((resolve) => {
        waiting = resolve;
      }),
  };
}

/** A printer on the network, connected for one job; `undefined` where it can not be reached. */
export function connectPrinter(
  { host, port }: Extract<PrintJob['to'], { kind: 'tcp' }>,
  clock: Clock,
): Promise<PrinterLine | undefined> {
  return new Promise((resolve) => {
    const answers = createAnswers();
    const socket = createConnection({ host, port });
    let isGone = false;
    const lost: (() => void)[] = [];
    const cancel = clock.after(CONNECT_MS, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.on('data', (bytes) => answers.take(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      isGone = true;
      cancel();
      resolve(undefined);
      answers.gone();
      for (const tell of lost) tell();
    });
    socket.on('connect', () => {
      cancel();
      resolve({
        send: (bytes) =>
          new Promise((done) => {
            if (isGone) return done('refused');
            lost.push(() => done('lost'));
            socket.write(bytes, (error) => done(error instanceof Error ? 'lost' : 'sent'));
          }),
        answer: () => (isGone ? Promise.resolve(undefined) : answers.next()),
        abandon: () => socket.destroy(),
        end: () => void socket.end(),
      });
    });
  });
}
