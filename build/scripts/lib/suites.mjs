import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findChromium } from './chromium.mjs';
import { runTool } from './processes.mjs';
import { oneFailure, withoutBlindSpots } from './tally.mjs';
import { inRoot } from './workspace.mjs';

/** Above what any of them should need; a run that hangs ends and says so. */
const suiteTimeLimitMs = 40 * 60_000;

/** @typedef {import('./tally.mjs').Tally} Tally */
/** @typedef {import('./checks.mjs').Setting} Setting */

/**
 * The tests that need no browser.
 * @param {'unit' | 'integration'} project
 * @param {readonly string[]} filters given to vitest as they are
 * @param {Setting} setting
 * @returns {Promise<Tally>}
 */
export async function runVitest(project, filters, { node, env }) {
  const reportFile = freshReport(`${project}.json`);
  const result = await runTool(
    node,
    [
      inRoot('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--config=build/vitest.config.ts',
      `--project=${project}`,
      '--allowOnly=false',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile}`,
      ...filters,
    ],
    { env, live: true, timeLimitMs: suiteTimeLimitMs },
  );
  if (!existsSync(reportFile)) return oneFailure(project, crashed(result.code));
  return withoutBlindSpots(project, result.code, readVitestReport(readFileSync(reportFile, 'utf8')));
}

/**
 * The tests in a real browser; looks for one first.
 * @param {readonly string[]} filters given to Playwright as they are
 * @param {Setting} setting
 * @returns {Promise<Tally>}
 */
export async function runEndToEnd(filters, { node, env }) {
  const chromium = await findChromium(node, env);
  if (chromium.kind === 'none') return oneFailure('e2e', chromium.message);
  const reportFile = freshReport('e2e.json');
  const result = await runTool(
    node,
    [
      inRoot('node_modules', '@playwright', 'test', 'cli.js'),
      'test',
      '--config=build/playwright.config.ts',
      '--forbid-only',
      '--reporter=list,json',
      ...filters,
    ],
    {
      env: { ...env, MILEPOST_CHROMIUM: chromium.path, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile },
      live: true,
      timeLimitMs: suiteTimeLimitMs,
    },
  );
  if (!existsSync(reportFile)) return oneFailure('e2e', crashed(result.code));
  return withoutBlindSpots('e2e', result.code, readPlaywrightReport(readFileSync(reportFile, 'utf8')));
}

/** @param {number} code */
function crashed(code) {
  return code === 124
    ? 'The test runner took too long and was stopped.'
    : `The test runner ended with code ${code} and left no report, see its output above.`;
}

/**
 * Reports stand outside test-results, which Playwright empties when it starts.
 * @param {string} name
 */
function freshReport(name) {
  const file = inRoot('out', 'test-reports', name);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

/**
 * @typedef {{ status: string, fullName: string, failureMessages?: string[] | null }} VitestTest
 * @typedef {{ name: string, status: string, message: string, assertionResults: VitestTest[] }} VitestFile
 */

/**
 * @param {string} text vitest's JSON report
 * @returns {Tally}
 */
function readVitestReport(text) {
  /** @type {{ testResults: VitestFile[] }} */
  const { testResults } = JSON.parse(text);
  const tests = testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({ ...test, file: file.name })),
  );
  const failed = tests.filter(({ status }) => status === 'failed');
  // A file that could not be loaded has failed without any test of its own.
  const unloadable = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  const failures = [
    ...failed.map((test) => ({
      title: `${shortName(test.file)}: ${test.fullName}`,
      detail: (test.failureMessages ?? []).join('\n'),
    })),
    ...unloadable.map((file) => ({ title: shortName(file.name), detail: file.message })),
  ];
  const passed = tests.filter(({ status }) => status === 'passed').length;
  return { passed, failed: failures.length, skipped: tests.length - passed - failed.length, failures };
}

/**
 * @typedef {{ message?: string, stack?: string }} PlaywrightError
 * @typedef {{ status: string, results: { errors: PlaywrightError[] }[] }} PlaywrightTest
 * @typedef {{ title: string, file: string, tests: PlaywrightTest[] }} PlaywrightSpec
 * @typedef {{ specs: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 */

/**
 * @param {string} text Playwright's JSON report
 * @returns {Tally}
 */
function readPlaywrightReport(text) {
  /** @type {{ suites: PlaywrightSuite[], errors: PlaywrightError[] }} */
  const { suites, errors } = JSON.parse(text);
  const tests = suites
    .flatMap(specsIn)
    .flatMap(({ title, file, tests: runs }) => runs.map((run) => ({ ...run, name: `${file}: ${title}` })));
  // A test that passed on a second try has failed: there are no second tries here.
  const failed = tests.filter(({ status }) => status === 'unexpected' || status === 'flaky');
  const failures = [
    ...failed.map(({ name, results }) => ({
      title: name,
      detail: results.flatMap((result) => result.errors.map(errorText)).join('\n'),
    })),
    ...errors.map((error) => ({ title: 'e2e', detail: errorText(error) })),
  ];
  const passed = tests.filter(({ status }) => status === 'expected').length;
  return { passed, failed: failures.length, skipped: tests.length - passed - failed.length, failures };
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {PlaywrightSpec[]}
 */
function specsIn(suite) {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsIn)];
}

/** @param {PlaywrightError} error */
function errorText({ stack, message }) {
  return stack ?? message ?? 'No message.';
}

/** @param {string} file */
function shortName(file) {
  return path.relative(inRoot(), file);
}
