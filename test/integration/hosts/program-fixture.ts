import { runBrowserProgram } from '../../../main/hosts/browser/program.ts';
import { createScriptedTerminal } from './scripted-terminal.ts';

/** The browser host's program around a scripted terminal. argv: renderer folder, how the terminal behaves, flags. */
const [, , rendererFolder = '', behaviour, ...words] = process.argv;

await runBrowserProgram(
  {
    rendererFolder,
    version: '0.0.0',
    async startTerminal({ log, dataFolder }) {
      if (behaviour === 'refused')
        return { kind: 'refused', code: 'journal-newer', message: 'A newer journal.' };
      if (behaviour === 'second')
        return { kind: 'refused', code: 'in-use', message: 'Another Milepost is running.' };
      if (behaviour === 'crashing') setImmediate(() => void Promise.reject(new Error('planted bug')));
      log.info('scripted-terminal-started', { path: dataFolder });
      return {
        kind: 'started',
        terminal: {
          ...createScriptedTerminal(),
          async stop() {
            log.info('scripted-terminal-stopped');
            process.stderr.write('terminal stopping\n');
            if (behaviour === 'hanging') await new Promise(() => undefined);
          },
        },
      };
    },
  },
  words,
);
