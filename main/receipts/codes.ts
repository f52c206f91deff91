import bwip from 'bwip-js/node';
import type { ReceiptFacts } from '../../shared/receipts/facts.ts';

interface Matrix {
  readonly pixs: readonly number[];
  readonly pixx: number;
  readonly pixy: number;
}
interface Bars {
  readonly sbs: readonly number[];
}

/** The library gives whichever its symbology is made of; anything else is a bug in how it is asked. */
function drawn(bcid: 'qrcode' | 'code128', text: string): Matrix | Bars {
  const [symbol] = bwip.raw(bcid, text, bcid === 'qrcode' ? 'eclevel=M' : '');
  if (symbol === undefined) throw new Error(`No ${bcid} was drawn`);
  return symbol;
}

/** A text as QR code and as Code 128, ready to be drawn by anybody. */
export function drawCode(text: string): ReceiptFacts['code'] {
  const qr = drawn('qrcode', text);
  const code128 = drawn('code128', text);
  if (!('pixs' in qr) || !('sbs' in code128)) throw new Error('The library drew other symbols than asked');
  const { pixs, pixx, pixy } = qr;
  const row = (y: number): string => pixs.slice(y * pixx, (y + 1) * pixx).join('');
  return { text, squares: Array.from({ length: pixy }, (_, y) => row(y)), bars: [...code128.sbs] };
}
