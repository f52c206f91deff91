import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { mutations, type Mutation } from './mutations.ts';

const Report = z.looseObject({
  testResults: z.array(
    z.looseObject({
      assertionResults: z.array(z.looseObject({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

const root = resolve(import.meta.dirname, '../..');

/** A copy of what the unit tests of the devices need, with one text changed where a mutation is given. */
function makeCopy(folder: string, mutation: Mutation | undefined): void {
  for (const part of ['main', 'shared', 'renderer', 'package.json', 'tsconfig.json', 'build', 'test'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  if (mutation === undefined) return;
  const file = join(folder, mutation.file);
  const parts = readFileSync(file, 'utf8').split(mutation.find);
  if (parts.length !== 2)
    throw new Error(
      `${mutation.name}: the text to change stands ${parts.length - 1} times in ${mutation.file}`,
    );
  writeFileSync(file, parts.join(mutation.replace));
}

/** Runs the devices' unit tests on a copy; which of them failed, or `undefined` where they did not run at all. */
async function failuresOf(mutation: Mutation | undefined): Promise<readonly string[] | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-device-mutant-'));
  try {
    makeCopy(folder, mutation);
    const program = join(root, 'node_modules/vitest/vitest.mjs');
    const report = join(folder, 'report.json');
    const words = ['run', '--config=build/vitest.config.ts', '--project=unit', 'test/unit/devices'];
    const output = ['--reporter=json', `--outputFile.json=${report}`];
    const child = spawn(process.execPath, [program, ...words, ...output], { cwd: folder, stdio: 'ignore' });
    await once(child, 'close');
    if (!existsSync(report)) return undefined;
    const { testResults } = Report.parse(JSON.parse(readFileSync(report, 'utf8')));
    // A file that could not be loaded has no tests: then nothing was found, and nothing passed.
    if (testResults.some(({ assertionResults }) => assertionResults.length === 0)) return undefined;
    return testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => fullName);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every deliberate fault has to be found, and the program as it is has to pass. True when all is as it should be. */
export async function runMutants(words: readonly string[]): Promise<boolean> {
  const chosen = mutations.filter(
    ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
  );
  const clean = await failuresOf(undefined);
  let isGood = clean?.length === 0;
  process.stdout.write(
    `${isGood ? 'passes' : 'FAILS'}   (nothing changed) ${clean?.join('; ') ?? 'no report'}\n`,
  );
  for (const mutation of chosen) {
    const failed = await failuresOf(mutation);
    const isCaught = failed !== undefined && failed.length > 0;
    isGood &&= isCaught;
    const by = failed === undefined ? 'no report' : `${failed.length} tests, first: ${failed[0] ?? 'none'}`;
    process.stdout.write(`${isCaught ? 'caught' : 'SURVIVED'}  ${mutation.name.padEnd(46)} ${by}\n`);
  }
  process.stdout.write(`${chosen.length} mutants\n`);
  return isGood;
}
