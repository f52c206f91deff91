import { checkBuild, runChecks } from './lib/checks.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { environmentFor, findNode } from './lib/node.mjs';
import { runEndToEnd, runVitest } from './lib/suites.mjs';
import { report, sum } from './lib/tally.mjs';
import { ClearStop, runCommand } from './lib/workspace.mjs';

const parts = /** @type {const} */ (['checks', 'unit', 'integration', 'e2e']);

/** @typedef {typeof parts[number]} Part */

/** `test.mjs [checks|unit|integration|e2e] [filters]`: everything, or one part with what its runner understands. */
async function test() {
  const startedAt = Date.now();
  const [word, ...filters] = process.argv.slice(2);
  const part = word === undefined ? undefined : partNamed(word);
  await ensureInstalled();
  const node = await findNode();
  const setting = { node, env: environmentFor(node) };
  const tallies = [];
  for (const each of part === undefined ? parts : [part])
    tallies.push(...(await runPart(each, filters, setting)));
  const total = sum(tallies);
  process.stdout.write(report(total, Date.now() - startedAt));
  return total.failed === 0 ? 0 : 1;
}

/**
 * @param {Part} part
 * @param {readonly string[]} filters
 * @param {import('./lib/checks.mjs').Setting} setting
 */
async function runPart(part, filters, setting) {
  process.stdout.write(`\n${part}\n`);
  if (part === 'unit') return [await runVitest('unit', filters, setting)];
  // The others start the program as it is built.
  const build = await checkBuild(setting);
  if (part === 'checks') return [await runChecks(setting), build];
  // Counted once, with the checks; here it only matters when it fails.
  if (build.failed > 0) return [build];
  if (part === 'integration') return [await runVitest('integration', filters, setting)];
  return [await runEndToEnd(filters, setting)];
}

/**
 * @param {string} word
 * @returns {Part}
 */
function partNamed(word) {
  const part = parts.find((name) => name === word);
  if (part === undefined)
    throw new ClearStop(`milepost: '${word}' is no part of the tests: ${parts.join(', ')}.`);
  return part;
}

await runCommand(test);
