import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../../main/diagnostics/log.ts';
import { createRedactor } from '../../../main/diagnostics/redact.ts';
import { openRotatingFile } from '../../../main/diagnostics/rotating-file.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';

describe('the redactor', () => {
  const number = makeCollectorNumber(() => 0.4);
  test.each([
    ['a Collector Number', `failed for ${number}`, number],
    [
      'one with spaces',
      `failed for ${number.slice(0, 4)} ${number.slice(4, 7)} ${number.slice(7)}`,
      `${number.slice(0, 4)} ${number.slice(4, 7)}`,
    ],
    ['a token', 'authorization: Bearer abc.def-ghi_jkl', 'abc.def'],
    ['a web token', 'got eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.c2lnbmF0dXJl', 'eyJhbGci'],
    ['a password', '{"client_secret":"hush-hush","a":1}', 'hush'],
    ['a PIN', 'pin=4821 refused', '4821'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----', 'MIIabc'],
    ['a track of a card', 'read %B4111SOME/NAME^2512? there', 'SOME'],
  ])('takes out %s', (_, text, secret) => {
    expect(createRedactor().redact(text)).not.toContain(secret);
  });

  test('takes out this terminal’s own secrets, however they are written', () => {
    const redactor = createRedactor();
    redactor.hide('p"ss w/rd!');
    for (const text of ['p"ss w/rd!', JSON.stringify({ a: 'p"ss w/rd!' }), 'p%22ss%20w%2Frd!']) {
      expect(redactor.redact(`before ${text} after`)).toMatch(/^before .*\[secret\].* after$/);
    }
  });

  test('leaves what support needs: times, references, codes, short numbers', () => {
    const text =
      'sale K7Q3M2XVT9PH of 2026-11-24 14:02, backup journal-2026-11-24T17-21-15-833Z.sqlite, ended CERT_HAS_EXPIRED after 1234 ms, attempt 3';
    expect(createRedactor().redact(text)).toBe(text);
  });

  test('stands in front of the log, its causes included', () => {
    const lines: string[] = [];
    const redactor = createRedactor();
    redactor.hide('the-hidden-one');
    const log = createLog({ write: (line: string) => lines.push(line) }, redactor);
    log.error('failed', { reason: 'the-hidden-one' }, new Error('with the-hidden-one inside'));
    expect(lines.join('')).not.toContain('the-hidden-one');
    expect(lines.join('').match(/\[secret\]/g)?.length).toBeGreaterThan(1);
  });
});

describe('a rotating file', () => {
  function someFile(maxBytes: number, kept: number) {
    const folder = mkdtempSync(join(tmpdir(), 'milepost-log-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const faults: unknown[] = [];
    const file = join(folder, 'terminal.log');
    const open = () => openRotatingFile({ file, maxBytes, kept, onError: (cause) => faults.push(cause) });
    return { folder, file, open, faults };
  }

  test('never grows over its cap, keeps so many, loses no line of what it keeps', () => {
    const { folder, file, open } = someFile(100, 3);
    const log = open();
    for (let line = 0; line < 100; line += 1) log.write(`line ${String(line).padStart(4, '0')}\n`);
    log.close();
    expect(readdirSync(folder).toSorted()).toEqual([
      'terminal.log',
      'terminal.log.1',
      'terminal.log.2',
      'terminal.log.3',
    ]);
    for (const name of readdirSync(folder))
      expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(100);
    const newest = readFileSync(file, 'utf8').trimEnd().split('\n').at(-1);
    expect(newest).toBe('line 0099');
    const all = ['.3', '.2', '.1', '']
      .map((end) => readFileSync(`${file}${end}`, 'utf8'))
      .join('')
      .trimEnd()
      .split('\n');
    expect(all).toEqual(
      Array.from({ length: all.length }, (_, at) => `line ${String(100 - all.length + at).padStart(4, '0')}`),
    );
  });

  test('goes on with what is there at the next start', () => {
    const { file, open } = someFile(1000, 2);
    open().write('one\n');
    open().write('two\n');
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
    expect(existsSync(`${file}.1`)).toBe(false);
  });

  test('that fails says so once and stops nobody', () => {
    const { open, faults } = someFile(1000, 2);
    const log = open();
    log.close();
    log.write('one\n');
    log.write('two\n');
    expect(faults).toHaveLength(1);
  });
});
