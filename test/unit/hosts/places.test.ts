import { describe, expect, test } from 'vitest';
import { windowCommand } from '../../../main/hosts/browser/open-window.ts';
import { defaultDataFolder } from '../../../main/hosts/default-data-folder.ts';
import { findBrowser } from '../../../main/hosts/find-browser.ts';

describe('the default data folder', () => {
  const linux = { platform: 'linux', homeFolder: '/home/lane' } as const;
  test.each([
    [{ ...linux, environmentVariables: {} }, '/home/lane/.local/share/milepost'],
    [{ ...linux, environmentVariables: { XDG_DATA_HOME: '/data' } }, '/data/milepost'],
    [{ ...linux, environmentVariables: { XDG_DATA_HOME: 'relative' } }, '/home/lane/.local/share/milepost'],
    [
      { platform: 'darwin', homeFolder: '/Users/lane', environmentVariables: {} } as const,
      '/Users/lane/Library/Application Support/Milepost',
    ],
    [
      {
        platform: 'win32',
        homeFolder: 'C:\\Users\\lane',
        environmentVariables: { LOCALAPPDATA: 'D:\\Local' },
      } as const,
      'D:\\Local\\Milepost',
    ],
    [
      { platform: 'win32', homeFolder: 'C:\\Users\\lane', environmentVariables: {} } as const,
      'C:\\Users\\lane\\AppData\\Local\\Milepost',
    ],
  ])('%j', (surroundings, folder) => {
    expect(defaultDataFolder(surroundings)).toBe(folder);
  });
});

describe('the browser to use', () => {
  const chrome = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
  const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
  const windows = { ProgramFiles: 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)' };
  const there =
    (...paths: string[]) =>
    (path: string): boolean =>
      paths.includes(path);

  test.each([
    ['linux', {}, there('/snap/bin/chromium', '/usr/bin/google-chrome'), '/usr/bin/google-chrome'],
    [
      'darwin',
      { HOME: '/Users/lane' },
      () => true,
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    ['win32', windows, there(chrome, edge), chrome],
    ['win32', windows, there(edge), edge],
    ['linux', { MILEPOST_CHROMIUM: '/opt/own' }, there('/opt/own', '/usr/bin/chromium'), '/opt/own'],
  ] as const)('on %s with %j', (platform, environmentVariables, exists, path) => {
    expect(findBrowser({ platform, environmentVariables, exists })).toEqual({ kind: 'found', path });
  });

  test('none: a path that needs a variable the environment lacks is not tried half filled', () => {
    const tried: string[] = [];
    const exists = (path: string): boolean => {
      tried.push(path);
      return false;
    };
    expect(findBrowser({ platform: 'win32', environmentVariables: {}, exists })).toEqual({ kind: 'none' });
    expect(tried).toEqual([]);
    expect(findBrowser({ platform: 'freebsd', environmentVariables: {}, exists })).toEqual({ kind: 'none' });
  });

  test('an override that is not there is told apart, not passed over', () => {
    const environmentVariables = { MILEPOST_CHROMIUM: '/opt/gone' };
    expect(
      findBrowser({ platform: 'linux', environmentVariables, exists: there('/usr/bin/chromium') }),
    ).toEqual({
      kind: 'override-missing',
      path: '/opt/gone',
    });
  });
});

describe('how a window is opened', () => {
  const url = 'http://127.0.0.1:4000/?key=abc';
  const linux = { platform: 'linux', isRoot: false, environmentVariables: { DISPLAY: ':0' } } as const;

  test('as an app window with a profile under the data folder', () => {
    const command = windowCommand(url, '/data', { ...linux, exists: () => true });
    expect(command).toMatchObject({ kind: 'app-window', command: '/usr/bin/chromium' });
    expect(command.args).toContain(`--app=${url}`);
    expect(command.args).toContain('--user-data-dir=/data/browser-profile');
    expect(command.args).not.toContain('--no-sandbox');
  });

  test('without the sandbox for root only', () => {
    const command = windowCommand(url, '/data', { ...linux, isRoot: true, exists: () => true });
    expect(command.args).toContain('--no-sandbox');
  });

  test.each([
    ['linux', 'xdg-open', [url]],
    ['darwin', 'open', [url]],
    ['win32', 'rundll32', ['url.dll,FileProtocolHandler', url]],
  ] as const)('in the default browser of %s where no Chromium is found', (platform, command, args) => {
    const surroundings = { ...linux, platform, exists: () => false };
    expect(windowCommand(url, '/data', surroundings)).toEqual({ kind: 'default-browser', command, args });
  });

  test.each([{}, { DISPLAY: '' }])('not at all on Linux without a display (%j)', (environmentVariables) => {
    const surroundings = { ...linux, environmentVariables, exists: () => true };
    expect(windowCommand(url, '/data', surroundings)).toMatchObject({ kind: 'no-display' });
  });

  test('on Wayland as on X', () => {
    const surroundings = {
      ...linux,
      environmentVariables: { WAYLAND_DISPLAY: 'wayland-0' },
      exists: () => true,
    };
    expect(windowCommand(url, '/data', surroundings)).toMatchObject({ kind: 'app-window' });
  });
});
