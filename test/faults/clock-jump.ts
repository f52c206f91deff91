import { readFileSync } from 'node:fs';

/**
 * `node --import clock-jump.ts …`: shifts this process's wall clock, worker threads included, by the milliseconds in a
 * file that may change at any time. The monotonic clock and the timers go on as they are, as they do on a real machine
 * whose time is set.
 */
const READ_AGAIN_MS = 20;
const file = process.env['MILEPOST_FAULTS_CLOCK'] ?? '';
const RealDate = Date;
const realNow = RealDate.now.bind(RealDate);
let shiftMs = 0;
let readAtMs = Number.NEGATIVE_INFINITY;

function now(): number {
  const atMs = performance.now();
  if (atMs - readAtMs > READ_AGAIN_MS) {
    readAtMs = atMs;
    const text = readFileSync(file, 'utf8');
    // Caught in the middle of being written: the last shift holds.
    if (/^-?\d+\n$/.test(text)) shiftMs = Number(text);
  }
  return realNow() + shiftMs;
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget): object =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name): unknown => (name === 'now' ? now : Reflect.get(target, name)),
});
