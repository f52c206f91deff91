import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { CounterAnswer } from './answers.ts';
import type { FaultKind } from './faults.ts';

/** The faults that spoil an answer on its way, after the call was worked on. */
const spoiling = ['reset', 'dropBefore', 'dropAfter', 'hang', 'slow', 'garbage', 'torn', 'empty'] as const;
export type SpoilingFault = (typeof spoiling)[number] & FaultKind;

export function isSpoiling(fault: FaultKind): fault is SpoilingFault {
  return spoiling.some((kind) => kind === fault);
}

const GARBAGE = '<!doctype html><title>Sign in to this network</title><p>Please accept the terms of use.';

export interface Spoiler {
  /** Ends a connection with a TCP reset. */
  readonly resetConnection: (socket: Socket | null) => void;
  readonly slowMs: number;
  /** Ends a slow answer early when the simulator stops. */
  readonly signal: AbortSignal;
}

/** Sends an answer in a way no client hopes for. Returns when there is no more to do for it. */
export async function spoil(
  outgoing: ServerResponse,
  fault: SpoilingFault,
  { status, text }: CounterAnswer,
  spoiler: Spoiler,
): Promise<void> {
  switch (fault) {
    case 'reset':
      spoiler.resetConnection(outgoing.socket);
      return;
    case 'dropBefore':
    case 'dropAfter':
      outgoing.socket?.destroy();
      return;
    case 'hang':
      return;
    case 'garbage':
      outgoing.writeHead(200, { 'content-type': 'text/html' }).end(GARBAGE);
      return;
    case 'empty':
      outgoing.writeHead(200, { 'content-length': 0 }).end();
      return;
    case 'torn':
      outgoing.writeHead(status, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      });
      outgoing.write(text.slice(0, text.length / 2), () => outgoing.socket?.destroy());
      return;
    case 'slow':
      await sendSlowly(outgoing, { status, text }, spoiler);
      return;
  }
}

async function sendSlowly(
  outgoing: ServerResponse,
  { status, text }: CounterAnswer,
  spoiler: Spoiler,
): Promise<void> {
  const bytes = Buffer.from(text);
  outgoing.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  const steps = 10;
  for (let step = 0; step < steps && !outgoing.destroyed; step += 1) {
    outgoing.write(bytes.subarray((bytes.length * step) / steps, (bytes.length * (step + 1)) / steps));
    if (!(await paused(spoiler.slowMs / steps, spoiler.signal))) return;
  }
  outgoing.end();
}

/** Waits; false where the signal ended the wait. */
export async function paused(delayMs: number, signal: AbortSignal): Promise<boolean> {
  try {
    await pause(delayMs, undefined, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
