import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Bench } from './benches.ts';
import { benches } from './benches.ts';

const USAGE = `bench.ts NAME [--rounds N] [--json]
  NAME      ${Object.keys(benches).join(', ')}
  --rounds  more of them, more certain figures
  --json    one line with the figures instead of a table`;

const Flags = z.strictObject({
  rounds: z.coerce.number().int().min(1).default(5),
  json: z.boolean().default(false),
});

function readWords(
  words: string[],
): { name: string; bench: Bench; flags: z.output<typeof Flags> } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: { rounds: { type: 'string' }, json: { type: 'boolean' } },
    });
    const [name = ''] = positionals;
    const bench = benches[name];
    if (bench === undefined || positionals.length !== 1) throw new Error(`There is no bench named '${name}'`);
    return { name, bench, flags: Flags.parse(values) };
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    process.stderr.write(`${problem}\n\n${USAGE}\n`);
    return undefined;
  }
}

const words = readWords(process.argv.slice(2));
if (words === undefined) process.exitCode = 2;
else {
  const { name, bench, flags } = words;
  const note = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const figures = await bench.run({ rounds: flags.rounds, note });
  if (flags.json) process.stdout.write(`${JSON.stringify({ bench: name, runs: flags.rounds, figures })}\n`);
  else {
    for (const { figure, means, aim, isMet } of bench.aims) {
      const value = figures[figure] ?? Number.NaN;
      const verdict = isMet(value) ? 'met' : 'MISSED';
      process.stdout.write(
        `${figure.padEnd(22)} ${String(value).padStart(8)}  aim ${aim.padEnd(9)} ${verdict.padEnd(7)} ${means}\n`,
      );
    }
  }
}
