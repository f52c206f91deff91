import { seconds } from './workspace.mjs';

/**
 * What one check or one run of tests came to.
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly Failure[]} failures
 *
 * @typedef {{ readonly title: string, readonly detail: string }} Failure
 */

/**
 * @param {string} title
 * @param {string} detail
 * @returns {Tally}
 */
export function oneFailure(title, detail) {
  return { passed: 0, failed: 1, skipped: 0, failures: [{ title, detail }] };
}

/** @type {Tally} */
export const onePass = { passed: 1, failed: 0, skipped: 0, failures: [] };

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    skipped: tallies.reduce((total, { skipped }) => total + skipped, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}

/**
 * A program that ends badly although no test failed, or that ran no test, is a failure of its own: it crashed, or looked in
 * the wrong place.
 * @param {string} suite
 * @param {number} exitCode
 * @param {Tally} tally
 * @returns {Tally}
 */
export function withoutBlindSpots(suite, exitCode, tally) {
  if (tally.failed > 0) return tally;
  if (exitCode !== 0)
    return sum([
      tally,
      oneFailure(suite, `The test runner ended with code ${exitCode}, see its output above.`),
    ]);
  if (tally.passed === 0) return sum([tally, oneFailure(suite, 'No test ran.')]);
  return tally;
}

/**
 * @param {Tally} tally
 * @param {number} elapsedMs
 * @returns {string} failures in full, then the line that counts, last
 */
export function report(tally, elapsedMs) {
  const details = tally.failures.map(({ title, detail }) => `--- failed: ${title}\n${detail.trimEnd()}\n`);
  return [
    '',
    ...details,
    `Took ${seconds(elapsedMs)}.`,
    `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`,
    '',
  ].join('\n');
}
