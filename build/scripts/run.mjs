import { ensureBuilt } from './lib/bundles.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { environmentFor, findNode } from './lib/node.mjs';
import { runProgram } from './lib/processes.mjs';
import { ClearStop, inRoot, runCommand } from './lib/workspace.mjs';

/** `run.mjs [--build] program.ts [arguments]`: runs a TypeScript program of this project as it stands, on the right Node. */
async function run() {
  const words = process.argv.slice(2);
  const isBuildWanted = words[0] === '--build';
  const [program, ...args] = isBuildWanted ? words.slice(1) : words;
  if (program === undefined) throw new ClearStop('Usage: run.mjs [--build] program.ts [arguments]');
  await ensureInstalled();
  const node = await findNode();
  const env = environmentFor(node);
  if (isBuildWanted) await ensureBuilt(node, env);
  // Node 22 calls running TypeScript experimental.
  return runProgram(node, ['--disable-warning=ExperimentalWarning', inRoot(program), ...args], env);
}

await runCommand(run);
