import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { inter, unpackWoff } from '../../../main/pdf/font.ts';

/** The sum of a table as OpenType has it: big-endian words of 32 bits, padded with zeros. */
function checksumOf(table: Buffer): number {
  const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}

test.each([400, 600] as const)('the typeface of weight %i is a whole OpenType font', (weight) => {
  const font = inter(weight);
  const count = font.readUInt16BE(4);
  const tables = Array.from({ length: count }, (_, index) => {
    const entry = 12 + 16 * index;
    const [checksum, offset, length] = [4, 8, 12].map((at) => font.readUInt32BE(entry + at)) as [
      number,
      number,
      number,
    ];
    const name = font.toString('latin1', entry, entry + 4);
    const table = Buffer.from(font.subarray(offset, offset + length));
    // It holds a sum over the whole file, and is summed without it.
    if (name === 'head') table.writeUInt32BE(0, 8);
    return { name, isAsItWas: table.length === length && checksumOf(table) === checksum };
  });
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['cmap', 'glyf', 'head', 'loca']));
  expect(tables.filter(({ isAsItWas }) => !isAsItWas)).toEqual([]);
  // How far a search by halves may go, and what is left.
  expect(font.readUInt16BE(6)).toBe(16 * 2 ** Math.floor(Math.log2(count)));
  expect(font.readUInt16BE(6) + font.readUInt16BE(10)).toBe(16 * count);
});

test('a font that is cut off is refused', () => {
  const file = createRequire(import.meta.url).resolve('@fontsource/inter/files/inter-latin-400-normal.woff');
  expect(() => unpackWoff(readFileSync(file).subarray(0, 20_000))).toThrow();
});
