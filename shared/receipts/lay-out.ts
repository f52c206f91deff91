import { assertNever } from '../domain/assert-never.ts';
import type { Receipt, ReceiptBlock } from './receipt.ts';

/** One line of paper. A large one is two rows high and its letters two columns wide. */
export type ReceiptLine =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** At the right edge of the same line. */
      readonly end?: string;
      readonly align: 'start' | 'middle';
      readonly isLarge?: boolean;
      readonly isStrong?: boolean;
      /** Light on dark, from edge to edge. */
      readonly isInverse?: boolean;
    }
  | { readonly kind: 'rule' }
  | { readonly kind: 'space' }
  | Extract<ReceiptBlock, { readonly kind: 'code' }>;

// What joins words in both languages: a break there would part a figure from its unit. A printer has no such space.
const JOINING_SPACES = /[\u00a0\u202f]/g;

/** Breaks text at its spaces into lines of so many columns; a word longer than a line is cut. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= columns) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (line.length > columns) {
      lines.push(line.slice(0, columns));
      line = line.slice(columns);
    }
  }
  if (line !== '') lines.push(line);
  return lines.map((each) => each.replaceAll(JOINING_SPACES, ' '));
}

/** A name at the left and its value at the right; where they do not fit beside each other, the value goes below. */
function pairLines(name: string, value: string, columns: number, isStrong: boolean): ReceiptLine[] {
  const end = value.replaceAll(JOINING_SPACES, ' ');
  const names = wrap(name, columns);
  const last = names.at(-1) ?? '';
  const fits = last.length + 2 + end.length <= columns;
  const full = (text: string): ReceiptLine => ({ kind: 'text', text, align: 'start', isStrong });
  return fits
    ? [...names.slice(0, -1).map(full), { kind: 'text', text: last, end, align: 'start', isStrong }]
    : [...names.map(full), { kind: 'text', text: '', end, align: 'start', isStrong }];
}

function linesOf(block: ReceiptBlock, columns: number): ReceiptLine[] {
  switch (block.kind) {
    case 'banner':
      return wrap(block.text.toLocaleUpperCase(), columns).map((text) => ({
        kind: 'text',
        text,
        align: 'middle',
        isStrong: true,
        isInverse: true,
      }));
    case 'heading':
      return wrap(block.text, block.isLarge ? Math.floor(columns / 2) : columns).map((text) => ({
        kind: 'text',
        text,
        align: 'middle',
        isLarge: block.isLarge,
        isStrong: block.isLarge,
      }));
    case 'pair':
      return pairLines(block.name, block.value, columns, false);
    case 'table':
      return [
        ...block.rows.flatMap(({ name, value }) => pairLines(name, value, columns, false)),
        ...pairLines(block.total.name, block.total.value, columns, true),
      ];
    case 'outcome':
      return [
        ...wrap(block.word, Math.floor(columns / 2)).map((text): ReceiptLine => ({
          kind: 'text',
          text,
          align: 'middle',
          isLarge: true,
          isStrong: true,
        })),
        ...wrap(block.sentence, columns).map((text): ReceiptLine => ({
          kind: 'text',
          text,
          align: 'middle',
        })),
      ];
    case 'note':
      return wrap(block.text, columns).map((text) => ({ kind: 'text', text, align: 'middle' }));
    case 'rule':
      return [{ kind: 'rule' }];
    case 'code':
      return [{ kind: 'space' }, block, { kind: 'space' }];
    default:
      return assertNever(block);
  }
}

/** The receipt as lines of so many columns. Screen, printer and file draw these, so all three break alike. */
export function layOut(receipt: Receipt, columns: number): ReceiptLine[] {
  return receipt.blocks.flatMap((block) => linesOf(block, columns));
}
