import { ensureBuilt } from './lib/bundles.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { environmentFor, findNode } from './lib/node.mjs';
import { runProgram } from './lib/processes.mjs';
import { inRoot, runCommand } from './lib/workspace.mjs';

/** `package.mjs [electron-builder's arguments]`: builds, then packs for this system. Electron is downloaded. */
async function packIt() {
  await ensureInstalled();
  const node = await findNode();
  const env = environmentFor(node);
  await ensureBuilt(node, env);
  const cli = inRoot('node_modules', 'electron-builder', 'cli.js');
  return runProgram(node, [cli, '--config', inRoot('electron-builder.yml'), ...process.argv.slice(2)], env);
}

await runCommand(packIt);
