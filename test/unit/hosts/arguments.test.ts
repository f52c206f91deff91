import { describe, expect, test } from 'vitest';
import { readArguments } from '../../../main/hosts/browser/arguments.ts';
import { readElectronArguments } from '../../../main/hosts/electron/arguments.ts';

describe('the browser host’s arguments', () => {
  test('without any: a free port, the default data, and a window', () => {
    expect(readArguments([])).toEqual({
      kind: 'read',
      arguments: { port: 0, dataFolder: undefined, settingsFile: undefined, isWindowWanted: true },
    });
  });

  test('all of them', () => {
    expect(readArguments(['--port', '8080', '--data=d', '--settings', 's.json', '--no-open'])).toEqual({
      kind: 'read',
      arguments: { port: 8080, dataFolder: 'd', settingsFile: 's.json', isWindowWanted: false },
    });
  });

  test.each([
    [['--port', '80']],
    [['--port', '65536']],
    [['--port', '-1']],
    [['--port', '1e4']],
    [['--port', '']],
    [['--port']],
    [['--data']],
    [['--data', '']],
    [['--settings=']],
    [['--no-open=yes']],
    [['--unknown']],
    [['word']],
  ])('%j is refused with one line', (words) => {
    const read = readArguments(words);
    expect(read).toMatchObject({ kind: 'refused', message: expect.stringMatching(/^.{5,}$/) });
  });
});

describe('the Electron host’s arguments', () => {
  test('are found among Chromium’s own', () => {
    expect(
      readElectronArguments([
        '--no-sandbox',
        '--data',
        'd',
        '--remote-debugging-port=0',
        '--settings=s.json',
        '.',
      ]),
    ).toEqual({ dataFolder: 'd', settingsFile: 's.json' });
  });

  test('a flag without its value counts as not given', () => {
    expect(readElectronArguments(['--data'])).toEqual({ dataFolder: undefined, settingsFile: undefined });
  });
});
