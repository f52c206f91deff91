import bwip from 'bwip-js/node';

/** A text as Code 128: widths in modules, bars and spaces by turns, a bar first. */
export function barsOf(text: string): readonly number[] {
  const [symbol] = bwip.raw('code128', text, '');
  if (symbol === undefined || !('sbs' in symbol))
    throw new Error('The library drew another symbol than asked');
  return symbol.sbs;
}
