import type { WedgeSettings } from '../../../shared/contract/devices.ts';

/** A key as a burst keeps it: what the system made of it, and which key of the board it was. */
export interface WedgeKey {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  /** Held for the third character on a key. */
  readonly isAltGraph: boolean;
}

type Printed = readonly [plain: string, shifted: string, altGraph?: string];

/** What a US keyboard prints on its keys. A scanner presses keys, not characters: this is what it meant by them. */
const us: Readonly<Record<string, Printed>> = {
  Backquote: ['`', '~'],
  Digit1: ['1', '!'],
  Digit2: ['2', '@'],
  Digit3: ['3', '#'],
  Digit4: ['4', '$'],
  Digit5: ['5', '%'],
  Digit6: ['6', '^'],
  Digit7: ['7', '&'],
  Digit8: ['8', '*'],
  Digit9: ['9', '('],
  Digit0: ['0', ')'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  IntlBackslash: ['\\', '|'],
};

/** Canadian French: where it differs from the US board. */
const canadianFrench: Readonly<Record<string, Printed>> = {
  Backquote: ['#', '|', '\\'],
  Digit2: ['2', '"', '@'],
  Digit3: ['3', '/'],
  Digit6: ['6', '?'],
  BracketLeft: ['^', '^', '['],
  BracketRight: ['¸', '¨', ']'],
  Backslash: ['<', '>', '}'],
  Semicolon: [';', ':', '~'],
  Quote: ['`', '`', '{'],
  Comma: [',', "'"],
  Period: ['.', '.'],
  Slash: ['é', 'É'],
  IntlBackslash: ['«', '»'],
};

/** Canadian Multilingual Standard (CAN/CSA Z243.200): where it differs from the US board. */
const canadianMultilingual: Readonly<Record<string, Printed>> = {
  Backquote: ['/', '\\', '|'],
  Digit6: ['6', '?'],
  Digit7: ['7', '&', '{'],
  Digit8: ['8', '*', '}'],
  Digit9: ['9', '(', '['],
  Digit0: ['0', ')', ']'],
  BracketLeft: ['^', '¨', '`'],
  BracketRight: ['ç', 'Ç', '~'],
  Backslash: ['à', 'À'],
  Quote: ['è', 'È'],
  Comma: [',', "'", '<'],
  Period: ['.', '"', '>'],
  Slash: ['é', 'É'],
  IntlBackslash: ['ù', 'Ù'],
};

const maps = {
  us,
  'canadian-french': { ...us, ...canadianFrench },
  'canadian-multilingual': { ...us, ...canadianMultilingual },
} as const;

/**
 * The character a scanner meant by a key. With `system` what the system made of it; else what stands on that key in the
 * layout the scanner believes in, whatever layout the system has.
 */
export function characterOf(pressed: WedgeKey, layout: WedgeSettings['layout']): string {
  const { key, code, shiftKey, isAltGraph } = pressed;
  if (layout === 'system') return key.length === 1 ? key : '';
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shiftKey ? letter : letter.toLowerCase();
  const digit = /^Numpad([0-9])$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  const printed = maps[layout][code];
  if (printed === undefined) return key.length === 1 ? key : '';
  if (isAltGraph) return printed[2] ?? '';
  return printed[shiftKey ? 1 : 0];
}
