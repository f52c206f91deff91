import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import licences from '../../../renderer/features/about/licences.json' with { type: 'json' };

test('the licences the app shows are those of what is installed: else run node build/scripts/licences.mjs', () => {
  const script = join(import.meta.dirname, '../../../build/scripts/licences.mjs');
  expect(licences).toEqual(
    JSON.parse(execFileSync(process.execPath, [script, '--print'], { encoding: 'utf8' })),
  );
});

test('every licence lets this program be given to a store', () => {
  const known =
    /^(MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|BlueOak-1\.0\.0|OFL-1\.1|Python-2\.0|\(MIT OR CC0-1\.0\))$/;
  expect(licences.filter(({ licence }) => !known.test(licence))).toEqual([]);
});
