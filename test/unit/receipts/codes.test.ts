import { BinaryBitmap, HybridBinarizer, MultiFormatReader, RGBLuminanceSource } from '@zxing/library';
import { describe, expect, test } from 'vitest';
import { drawCode } from '../../../main/receipts/codes.ts';

/** Puts dark squares on white paper with a quiet zone, as a camera would see them. */
function photographed(
  columns: number,
  rows: number,
  isDark: (x: number, y: number) => boolean,
): BinaryBitmap {
  const scale = 4;
  const quiet = 12;
  const width = (columns + 2 * quiet) * scale;
  const height = (rows + 2 * quiet) * scale;
  const pixels = new Uint8ClampedArray(width * height).fill(255);
  for (let y = 0; y < rows * scale; y += 1) {
    for (let x = 0; x < columns * scale; x += 1) {
      if (isDark(Math.floor(x / scale), Math.floor(y / scale)))
        pixels[(y + quiet * scale) * width + x + quiet * scale] = 0;
    }
  }
  return new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(pixels, width, height)));
}

describe('the code of a receipt', () => {
  const code = drawCode('MP-K7Q3M2XVT9PH');

  test('is read back from its squares', () => {
    const side = code.squares.length;
    const bitmap = photographed(side, side, (x, y) => code.squares[y]?.[x] === '1');
    expect(new MultiFormatReader().decode(bitmap).getText()).toBe('MP-K7Q3M2XVT9PH');
  });

  test('is read back from its bars', () => {
    const units = code.bars.flatMap((width, index) => Array<boolean>(width).fill(index % 2 === 0));
    const bitmap = photographed(units.length, 30, (x) => units[x] === true);
    expect(new MultiFormatReader().decode(bitmap).getText()).toBe('MP-K7Q3M2XVT9PH');
  });
});
