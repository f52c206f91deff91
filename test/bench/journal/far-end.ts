import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readCollectorNumber, type CollectorNumber } from '../../../shared/domain/collector-number.ts';

const rule = { length: 11, startsWith: '8', check: 'modulus-11' } as const;
const Collector = z.custom<CollectorNumber>(
  (text) => typeof text === 'string' && readCollectorNumber(text, rule).kind === 'valid',
);
const Ready = z.object({
  url: z.string(),
  tokenUrl: z.string(),
  caPem: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  collectors: z.array(Collector),
});
export type FarEnd = z.output<typeof Ready>;

/** A simulator in a process of its own, for as long as `work` takes. */
export async function withFarEnd<Result>(
  collectors: number,
  work: (farEnd: FarEnd) => Promise<Result>,
): Promise<Result> {
  const program = fileURLToPath(new URL('simulator-process.ts', import.meta.url));
  const child = spawn(process.execPath, [program, String(collectors)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  try {
    const ready = once(createInterface({ input: child.stdout }), 'line');
    const [line] = await Promise.race([ready, exited.then(() => Promise.reject(new Error('No simulator')))]);
    return await work(Ready.parse(JSON.parse(String(line))));
  } finally {
    child.kill();
    await exited;
  }
}
