import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { CLIENT_SECRET } from './far-end.ts';
import { startProgram, type Started } from './processes.ts';
import type { Stage } from './stage.ts';
import { openWindow, type TerminalWindow } from './window.ts';

const Ready = z.looseObject({ event: z.literal('ready'), url: z.string() });
type TerminalProgram = Started<z.output<typeof Ready>>;

const START_LIMIT_MS = 30_000;
/** The most the setting takes: more than a small disk has. */
const HUGE_RESERVE_MEGABYTES = 10_000;

export interface RunningTerminal {
  readonly program: TerminalProgram;
  readonly window: TerminalWindow;
}

const programOf = (source: string): readonly string[] => [
  '--import',
  join(import.meta.dirname, 'clock-jump.ts'),
  join(source, 'main/hosts/browser/main.ts'),
];

/** Lets Node read the program once: it keeps what it read only when a program ends in order, which a killed one does not. */
export async function warmUp(source: string): Promise<void> {
  const environment = { MILEPOST_FAULTS_CLOCK: import.meta.filename };
  const program = startProgram([...programOf(source), '--no-such-word'], environment, Ready);
  await program.ended;
}

/** Starts the terminal without a window, with everything it waits for made short. */
export function launchTerminal(stage: Stage, isReserveHuge: boolean): TerminalProgram {
  const { farEnd, source, settingsFile, dataFolder, clockFile, smallDisk } = stage;
  const reserveMegabytes = isReserveHuge ? HUGE_RESERVE_MEGABYTES : smallDisk === undefined ? 64 : 0;
  const settings = {
    store: { number: '1100', lane: '3', province: 'ON' },
    airmiles: { baseUrl: farEnd.url, caFile: farEnd.caFile, clientId: farEnd.clientId },
    forwarding: {
      requestTimeoutMs: 1000,
      backoffFirstMs: 50,
      backoffCapMs: 1000,
      returnSpreadMs: 0,
      backlogPerSecond: 1000,
    },
    journal: { reserveMegabytes },
    devices: { scanner: { path: 'none' } },
  };
  writeFileSync(settingsFile, JSON.stringify(settings));
  const words = ['--data', dataFolder, '--settings', settingsFile, '--no-open'];
  return startProgram(
    [...programOf(source), ...words],
    { MILEPOST_CLIENT_SECRET: CLIENT_SECRET, MILEPOST_FAULTS_CLOCK: clockFile },
    Ready,
  );
}

/** Waits until the terminal is ready and sits down at it; undefined where it ended first. */
export async function sitDown(
  stage: Stage,
  program: TerminalProgram,
  life: number,
): Promise<RunningTerminal | undefined> {
  const cancel = new AbortController();
  const limit = pause(START_LIMIT_MS, undefined, { signal: cancel.signal }).catch(() => undefined);
  const ready = await Promise.race([program.ready, limit]);
  cancel.abort();
  if (ready === undefined) {
    await program.kill();
    return undefined;
  }
  const window = await openWindow(ready.url, (sale) => stage.book.show({ life, atMs: Date.now(), sale }));
  return window === undefined ? undefined : { program, window };
}
