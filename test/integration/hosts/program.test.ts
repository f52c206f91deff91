import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, makeRendererFolder } from './browser-harness.ts';

const fixture = fileURLToPath(new URL('./program-fixture.ts', import.meta.url));

let renderer: Awaited<ReturnType<typeof makeRendererFolder>>;
let data: string;
const running = new Set<ReturnType<typeof spawn>>();

beforeEach(async () => {
  renderer = await makeRendererFolder();
  data = await mkdtemp(join(tmpdir(), 'milepost-data-'));
});
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  await renderer.remove();
  await rm(data, { recursive: true });
});

function start(behaviour: string, ...flags: string[]) {
  const child = spawn(process.execPath, [fixture, renderer.folder, behaviour, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // No display, so that nothing is opened whatever the machine has.
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' },
  });
  running.add(child);
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const exit = once(child, 'close').then(([code]: unknown[]) => code);
  /** Resolves when standard output or error holds `text`. */
  const says = (stream: 'out' | 'err', text: string | RegExp): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        const isThere = typeof text === 'string' ? said[stream].includes(text) : text.test(said[stream]);
        if (isThere) resolve();
      };
      (stream === 'out' ? child.stdout : child.stderr).on('data', look);
      look();
    });
  return { child, said, exit, says };
}

const withData = (): string[] => ['--data', data, '--no-open'];

async function logLines(): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(data, 'logs', 'terminal.log'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the browser program', () => {
  test('says on one line of standard output when it can be used, and is usable then', async () => {
    const { said, says, child, exit } = start('well', ...withData());
    await says('out', '\n');
    const ready = JSON.parse(said.out) as { event: string; url: string };
    expect(ready.event).toBe('ready');
    const { port, search } = new URL(ready.url);
    expect(await ask(Number(port), { path: `/${search}` })).toMatchObject({ status: 303 });
    await says('err', ready.url);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(said.out.trim().split('\n')).toHaveLength(1);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'stops on %s: the window first, then the terminal',
    async (signal) => {
      const { says, child, exit } = start('well', ...withData());
      await says('out', '\n');
      child.kill(signal);
      expect(await exit).toBe(0);
      const events = (await logLines()).map(({ event }) => event);
      expect(events.slice(-4)).toEqual([
        'stopping',
        'browser-host-stopped',
        'scripted-terminal-stopped',
        'stopped',
      ]);
    },
  );

  test('a second signal ends it when stopping hangs', async () => {
    const { says, child, exit } = start('hanging', ...withData());
    await says('out', '\n');
    child.kill('SIGINT');
    await says('err', 'terminal stopping');
    const again = setInterval(() => child.kill('SIGINT'), 200);
    expect(await exit).toBe(1);
    clearInterval(again);
    expect((await logLines()).at(-1)).toMatchObject({ event: 'stop-forced', signal: 'SIGINT' });
  });

  test('the key is in no line of the log, and the log is for its owner only', async () => {
    const { said, says, child, exit } = start('well', ...withData());
    await says('out', '\n');
    const key = new URL((JSON.parse(said.out) as { url: string }).url).searchParams.get('key') ?? '';
    child.kill('SIGTERM');
    await exit;
    expect(await readFile(join(data, 'logs', 'terminal.log'), 'utf8')).not.toContain(key);
    expect((await stat(join(data, 'logs', 'terminal.log'))).mode & 0o077).toBe(0);
  });

  test.each([
    [['--prot', '1'], `milepost: Unknown option '--prot'`],
    [['--port', 'x'], `milepost: --port takes`],
    [['checkout'], 'milepost: Unexpected argument'],
  ])('%j: one clear line and exit code 2', async (flags, line) => {
    const { said, exit } = start('well', ...flags);
    expect(await exit).toBe(2);
    expect(said.err).toContain(line);
    expect(said.err.trim().split('\n')).toHaveLength(1);
    expect(said.out).toBe('');
  });

  test('a terminal that refuses to start: its message and exit code 1', async () => {
    const { said, exit } = start('refused', ...withData());
    expect(await exit).toBe(1);
    expect(said.err).toContain('A newer journal.\n');
    expect(said.out).toBe('');
  });

  test('a port that is taken: a message, exit code 1, and the terminal is stopped', async () => {
    const first = start('well', ...withData());
    await first.says('out', '\n');
    const { port } = new URL((JSON.parse(first.said.out) as { url: string }).url);
    const second = start('well', ...withData(), '--port', port);
    expect(await second.exit).toBe(1);
    expect(second.said.err).toContain(`Port ${port} can not be used`);
    expect(second.said.err).toContain('terminal stopping');
  });

  test('a second start on the same data brings the first to the front, and ends', async () => {
    const first = start('well', ...withData());
    await first.says('out', '\n');
    const second = start('second', ...withData());
    expect(await second.exit).toBe(1);
    expect(second.said.err).toContain('It was brought to the front.');
    await first.says('err', /works once.*\n.*works once/);
    expect(first.said.out.trim().split('\n')).toHaveLength(1);
  });

  test('a second start finds nobody at the door of one that was killed', async () => {
    const first = start('well', ...withData());
    await first.says('out', '\n');
    first.child.kill('SIGKILL');
    await first.exit;
    const second = start('second', ...withData());
    expect(await second.exit).toBe(1);
    expect(second.said.err).not.toContain('front');
    const third = start('well', ...withData());
    await third.says('out', '\n');
  });

  test('a data folder that can not be written: one line and exit code 1', async () => {
    await writeFile(join(data, 'file'), '');
    const { said, exit } = start('well', '--no-open', '--data', join(data, 'file', 'below'));
    expect(await exit).toBe(1);
    expect(said.err).toMatch(/^The data folder .* can not be written: .*\n$/);
  });

  test('a bug ends it with its cause in the log', async () => {
    const { said, exit } = start('crashing', ...withData());
    expect(await exit).toBe(1);
    const crash = (await logLines()).at(-1);
    expect(crash).toMatchObject({
      event: 'unhandled-rejection',
      cause: expect.stringContaining('planted bug'),
    });
    expect(said.err).toContain('unhandled-rejection');
  });
});
