import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/bundles.mjs';
import { findElectron } from './lib/electron.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { environmentFor, findNode } from './lib/node.mjs';
import { runProgram } from './lib/processes.mjs';
import { ClearStop, inRoot, root, runCommand, say } from './lib/workspace.mjs';

const usage = 'npm start -- [--host electron|browser] [--port N] [--data DIR] [--settings FILE] [--no-open]';

const hosts = /** @type {const} */ (['electron', 'browser']);

/** Installs what is missing, builds, and starts the terminal in the window this machine can give it. */
async function start() {
  const wanted = readArguments();
  await ensureInstalled();
  const node = await findNode();
  const env = environmentFor(node);
  await ensureBuilt(node, env);
  const electron = await chooseElectron(wanted.host, node, env);
  if (electron !== undefined) return runProgram(electron, [root, ...wanted.passedOn], env);
  return runProgram(
    node,
    ['--enable-source-maps', inRoot('out', 'main', 'browser.js'), ...wanted.passedOn],
    env,
  );
}

function readArguments() {
  const values = parse();
  const { port } = values;
  const host = hosts.find((name) => name === values.host);
  if (values.host !== undefined && host === undefined) {
    throw new ClearStop(`milepost: --host takes electron or browser, not '${values.host}'. Usage: ${usage}`);
  }
  /** @type {string[]} */
  const passedOn = [];
  if (port !== undefined) passedOn.push('--port', port);
  if (values.data !== undefined) passedOn.push('--data', fromCallersFolder(values.data));
  if (values.settings !== undefined) passedOn.push('--settings', fromCallersFolder(values.settings));
  if (values['no-open'] === true) passedOn.push('--no-open');
  return { host, passedOn };
}

function parse() {
  try {
    return parseArgs({
      options: {
        host: { type: 'string' },
        port: { type: 'string' },
        data: { type: 'string' },
        settings: { type: 'string' },
        'no-open': { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ClearStop(`milepost: ${error.message.split(/\.\s/)[0]}. Usage: ${usage}`);
  }
}

/**
 * npm runs us in the project's folder and tells where the person stood.
 * @param {string} given
 */
function fromCallersFolder(given) {
  if (given === '') return given;
  const isFromNpm = process.env['npm_lifecycle_event'] === 'start';
  return path.resolve((isFromNpm ? process.env['INIT_CWD'] : undefined) ?? process.cwd(), given);
}

/**
 * @param {'electron' | 'browser' | undefined} host
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} Electron's program, or nothing for the browser host
 */
async function chooseElectron(host, node, env) {
  if (host === 'browser') return undefined;
  const obstacle = host === 'electron' ? undefined : obstacleToElectron(env);
  const electron =
    obstacle === undefined ? await findElectron(node, env, { isWanted: host === 'electron' }) : undefined;
  if (electron !== undefined) return electron;
  if (host === 'electron')
    throw new ClearStop('The Electron program is not here and can not be fetched on this network.');
  say(
    `${obstacle ?? 'The Electron program is not here and can not be fetched'}: running in a browser instead.`,
  );
  return undefined;
}

/**
 * Why Electron would end at once, whether or not it is here.
 * @param {NodeJS.ProcessEnv} env
 */
function obstacleToElectron(env) {
  if (process.platform !== 'linux') return undefined;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'There is no display for the Electron window';
  // With its sandbox, that is; we do not turn it off.
  return process.getuid?.() === 0 ? 'Electron does not run as root' : undefined;
}

await runCommand(start);
