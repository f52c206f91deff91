import { createFrameAssembler, scannerProfile } from '../../main/devices/frames.ts';
import { fuzz } from '../unit/devices/fuzz.ts';

const SLICE = 50_000;
/** Time per byte of a long input over that of a short one: quadratic work would make it thousands. */
const FLAT = 5;

/** Fuzzes and measures; true when nothing was wrong. */
export function fuzzFlat(frames: number, seed: number): boolean {
  let [accepted, wrong] = [0, 0];
  for (let done = 0, turn = 0; done < frames; done += SLICE, turn += 1) {
    const figures = fuzz(Math.min(SLICE, frames - done), seed + turn);
    accepted += figures.accepted;
    wrong += figures.wrong.length;
    for (const line of figures.wrong.slice(0, 3)) process.stdout.write(`wrong: ${JSON.stringify(line)}\n`);
  }
  process.stdout.write(
    `fuzz: ${frames} frames, seed ${seed}, ${accepted} numbers read, ${wrong} not allowed\n`,
  );
  const perByte = [10, 1_000, 100_000, 1_000_000].map((size) => ({
    size,
    nanoseconds: nanosecondsPerByte(size),
  }));
  for (const { size, nanoseconds } of perByte)
    process.stdout.write(`frames: ${size} bytes without an end, ${nanoseconds.toFixed(1)} ns a byte\n`);
  const [first] = perByte;
  const isFlat = perByte.every(({ nanoseconds }) => nanoseconds <= (first?.nanoseconds ?? 0) * FLAT);
  return wrong === 0 && accepted > 0 && isFlat;
}

/** The least of several measurements: what disturbs only ever adds. */
function nanosecondsPerByte(size: number): number {
  const input = new Uint8Array(size).fill(0x38);
  const times = Math.max(5, Math.ceil(2_000_000 / size));
  const once = (): number => {
    const assembler = createFrameAssembler(scannerProfile, () => undefined);
    const started = process.hrtime.bigint();
    for (let at = 0; at < size; at += 64) assembler.push(input.subarray(at, at + 64), 0);
    return Number(process.hrtime.bigint() - started) / size;
  };
  return Math.min(...Array.from({ length: Math.min(times, 2_000) }, once));
}
