import { join } from 'node:path';
import { startTerminal } from '../../terminal.ts';
import { findPackageRoot } from '../package-root.ts';
import { runBrowserProgram } from './program.ts';

const root = findPackageRoot(import.meta.dirname);

await runBrowserProgram(
  { startTerminal, rendererFolder: join(root.folder, 'out', 'renderer'), version: root.version },
  process.argv.slice(2),
);
