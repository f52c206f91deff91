import { codesOf } from '../../shared/domain/scan/digits.ts';

/** A few plain lines that any ESC/POS printer prints: initialise, text, feed. Receipts are made elsewhere. */
export function testPage(storeNumber: string): Uint8Array {
  const text = ['Milepost', `Store / Magasin ${storeNumber}`, 'Printer test / Essai de l imprimante', 'OK'];
  return Uint8Array.of(0x1b, 0x40, ...codesOf(`${text.join('\n')}\n\n\n\n\n`));
}
