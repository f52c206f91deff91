import type { PrinterSettings } from '../settings/devices.ts';
import type { PrinterLook, PrintJob, PrintResult, ToDevices } from './messages.ts';

export type { PrintResult } from './messages.ts';

/** Results kept, so that a job asked for twice is printed once. */
const REMEMBERED = 200;

export const PRINTER_ID = 'printer';

/** The receipt printer. */
export interface Printer {
  /** Whether the settings name one at all. */
  readonly isConfigured: boolean;
  /**
   * Prints ready-made bytes once. Never rejects. The same `jobId` again prints nothing and gives the first result; to
   * print anew after `unknown` or `failed` is a person's decision, under a new id.
   */
  print(job: { readonly jobId: string; readonly bytes: Uint8Array }): Promise<PrintResult>;
  /** Whether it is there and has paper. Prints nothing and waits for no job. Never rejects. */
  look(): Promise<PrinterLook>;
}

/** The device process, as the printer needs it. */
export interface PrinterEnd {
  /** Gives a job or a question to the device process; false where none runs now. */
  readonly give: (message: Extract<ToDevices, { kind: 'print' | 'printer-look' }>) => boolean;
}

/** A printer and the two words it must hear: what became of a job, and that the device process died with its jobs. */
export function createPrinter(settings: PrinterSettings, { give }: PrinterEnd) {
  const results = new Map<string, Promise<PrintResult>>();
  const waiting = new Map<string, (result: PrintResult) => void>();
  const looking = new Set<(look: PrinterLook) => void>();

  function start(jobId: string, bytes: Uint8Array): Promise<PrintResult> {
    if (settings.connection === 'none') return Promise.resolve({ kind: 'no-printer' });
    const to = whereOf(settings);
    const job = { jobId, to, bytes: Buffer.from(bytes).toString('base64'), confirms: settings.confirms };
    return new Promise((resolve) => {
      waiting.set(jobId, resolve);
      if (!give({ kind: 'print', job })) finish(jobId, { kind: 'failed', reason: 'not-connected' });
    });
  }

  function finish(jobId: string, result: PrintResult): void {
    const resolve = waiting.get(jobId);
    waiting.delete(jobId);
    resolve?.(result);
  }

  /** One answer is everybody's who asked before it. */
  function looked(look: PrinterLook): void {
    for (const tell of looking) tell(look);
    looking.clear();
  }

  const printer: Printer = {
    isConfigured: settings.connection !== 'none',
    print({ jobId, bytes }) {
      const known = results.get(jobId);
      if (known !== undefined) return known;
      const result = start(jobId, bytes);
      results.set(jobId, result);
      const oldest = results.keys().next().value;
      if (results.size > REMEMBERED && oldest !== undefined) results.delete(oldest);
      return result;
    },
    look: () =>
      new Promise((resolve) => {
        if (settings.connection === 'none') return resolve('no-printer');
        looking.add(resolve);
        const { confirms } = settings;
        if (looking.size === 1 && !give({ kind: 'printer-look', to: whereOf(settings), confirms })) {
          looked('not-reached');
        }
      }),
  };
  return {
    printer,
    finish,
    looked,
    /** Whatever was given to the process may have been printed or not. */
    processEnded(): void {
      for (const jobId of waiting.keys()) finish(jobId, { kind: 'unknown', reason: 'process-ended' });
      looked('not-reached');
    },
  };
}

function whereOf(settings: Exclude<PrinterSettings, { connection: 'none' }>): PrintJob['to'] {
  return settings.connection === 'serial'
    ? { kind: 'serial', deviceId: PRINTER_ID }
    : { kind: 'tcp', host: settings.host, port: settings.port };
}
