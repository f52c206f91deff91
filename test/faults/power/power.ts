import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { NoTracing, requireTracing } from './record.ts';
import type { Figures } from './replay.ts';
import { CheckerBroken, projectRoot, tryJournal, tryNaive, tryNormal } from './subjects.ts';

const USAGE = `power.ts [--sales N] [--stops N] [--seed S] [--json] [--source DIR]
  Cuts the power, in a model of the disk, at N moments of a run of the terminal's journal, and opens what is left.
  --source DIR  takes main/ and shared/ from another folder: a changed copy of the program
Ends with 0 when nothing told was lost and every image was whole, 1 when not, 2 when it can not run here or was asked
in a way it does not understand, 3 when the checker itself found no fault with a store that has one.`;

const Count = z.coerce.number().int().min(1);
const Flags = z.strictObject({
  sales: Count.default(200),
  stops: Count.default(300),
  seed: z.coerce.number().int().min(0).default(1),
  json: z.boolean().default(false),
  source: z.string().default(projectRoot),
});

const CONTROL_SALES = 40;
const CONTROL_STOPS = 15;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function tellFigures(name: string, figures: Figures): void {
  const { images, stops, lost, corrupt } = figures;
  say(`${name}: ${images} images at ${stops} stops, ${lost} facts lost, ${corrupt} images corrupt`);
}

function readFlags(words: string[]): z.output<typeof Flags> | undefined {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: words,
      options: { sales: text, stops: text, seed: text, source: text, json: { type: 'boolean' } },
    });
    return Flags.parse(values);
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    say(`${problem}\n\n${USAGE}`);
    return undefined;
  }
}

async function main(flags: z.output<typeof Flags>): Promise<number> {
  const { sales, stops, seed } = flags;
  const source = resolve(flags.source);
  await requireTracing();

  // On the kinder of the two models, where the journal as it is loses nothing: what is lost there is lost by the fault.
  const control = { sales: CONTROL_SALES, stops: CONTROL_STOPS, seed, models: ['ext4'] } as const;
  const normal = await tryNormal(control);
  tellFigures('Control, synchronous=NORMAL', normal);
  if (normal.lost === 0)
    throw new CheckerBroken('synchronous=NORMAL lost nothing: the replay does not see a power cut');
  const naive = await tryNaive(control);
  tellFigures('Control, one JSON file', naive);
  if (naive.lost + naive.corrupt === 0)
    throw new CheckerBroken('A file that is never synced survived every power cut');

  const figures = await tryJournal(source, source, { sales, stops, seed, models: ['ext4', 'strict'] });
  tellFigures('The journal', figures);
  for (const offence of figures.offences) say(`  ${offence}`);
  const { images, toldStored, lost, corrupt } = figures;
  if (flags.json) {
    const line = { images, stops: figures.stops, told_stored: toldStored, lost, corrupt, seed };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
  return lost === 0 && corrupt === 0 ? 0 : 1;
}

const flags = readFlags(process.argv.slice(2));
try {
  process.exitCode = flags === undefined ? 2 : await main(flags);
} catch (error) {
  if (error instanceof NoTracing) {
    say(error.message);
    process.exitCode = 2;
  } else if (error instanceof CheckerBroken) {
    say(`The checker itself is broken: ${error.message}`);
    process.exitCode = 3;
  } else throw error;
}
