import { bundle } from './bundles.mjs';
import { runTool } from './processes.mjs';
import { oneFailure, onePass, sum } from './tally.mjs';
import { inRoot, seconds } from './workspace.mjs';

/**
 * @typedef {object} Setting what everything runs with
 * @property {string} node
 * @property {NodeJS.ProcessEnv} env
 *
 * @typedef {{ readonly name: string, readonly script: string, readonly args: readonly string[] }} Check
 */

/** @type {readonly Check[]} */
const checks = [
  { name: 'format', script: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'types', script: 'typescript/bin/tsc', args: ['--build', '--pretty', 'false'] },
  {
    name: 'lint',
    script: 'oxlint/bin/oxlint',
    args: ['--type-aware', '--tsconfig', 'tsconfig.json', '--deny-warnings'],
  },
  {
    name: 'unused code',
    script: 'knip/bin/knip.js',
    args: ['--config', 'build/knip.json', '--no-progress', '--treat-config-hints-as-errors'],
  },
];

const checkTimeLimitMs = 5 * 60_000;

/**
 * Everything that is told without running the program.
 * @param {Setting} setting
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function runChecks({ node, env }) {
  const tallies = [];
  for (const { name, script, args } of checks) {
    const result = await runTool(node, [inRoot('node_modules', ...script.split('/')), ...args], {
      env,
      timeLimitMs: checkTimeLimitMs,
    });
    tallies.push(conclude(name, result));
  }
  return sum(tallies);
}

/**
 * @param {Setting} setting
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function checkBuild({ node, env }) {
  return conclude('build', await bundle(node, env));
}

/**
 * @param {string} name
 * @param {import('./processes.mjs').ToolResult} result
 */
function conclude(name, { code, output, elapsedMs }) {
  const verdict = code === 0 ? 'passed' : code === 124 ? 'took too long' : 'failed';
  process.stdout.write(`${name}: ${verdict} (${seconds(elapsedMs)})\n`);
  return code === 0 ? onePass : oneFailure(name, output || `Ended with code ${code}.`);
}
