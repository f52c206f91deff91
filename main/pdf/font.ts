import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';

const HEADER_LENGTH = 44;
const ENTRY_LENGTH = 20;

/**
 * Unpacks a font from WOFF, as W3C's WOFF 1.0 lays it out, into the OpenType font that it holds. The PDF library reads
 * WOFF too, but inflates a table anew, in JavaScript, for every glyph it draws: a second and more for a few pages.
 */
export function unpackWoff(woff: Uint8Array): Buffer {
  const file = Buffer.from(woff.buffer, woff.byteOffset, woff.byteLength);
  const count = file.readUInt16BE(12);
  const font = Buffer.alloc(file.readUInt32BE(16));
  const log = Math.floor(Math.log2(count));
  file.copy(font, 0, 4, 8);
  for (const [index, value] of [count, 16 << log, log, (count - (1 << log)) << 4].entries()) {
    font.writeUInt16BE(value, 4 + 2 * index);
  }
  let end = 12 + 16 * count;
  for (let index = 0; index < count; index += 1) {
    const entry = HEADER_LENGTH + ENTRY_LENGTH * index;
    const [offset, packedLength, length] = [4, 8, 12].map((at) => file.readUInt32BE(entry + at)) as [
      number,
      number,
      number,
    ];
    const packed = file.subarray(offset, offset + packedLength);
    const place = 12 + 16 * index;
    file.copy(font, place, entry, entry + 4); // its name
    file.copy(font, place + 4, entry + 16, entry + 20); // its checksum
    font.writeUInt32BE(end, place + 8);
    font.writeUInt32BE(length, place + 12);
    font.set(packedLength < length ? inflateSync(packed) : packed, end);
    end += Math.ceil(length / 4) * 4;
  }
  return font;
}

const unpacked = new Map<number, Buffer>();

/** The screens' own typeface for a document, read and unpacked once. */
export function inter(weight: 400 | 600): Buffer {
  const known = unpacked.get(weight);
  if (known !== undefined) return known;
  const { resolve } = createRequire(import.meta.url);
  const font = unpackWoff(readFileSync(resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff`)));
  unpacked.set(weight, font);
  return font;
}
