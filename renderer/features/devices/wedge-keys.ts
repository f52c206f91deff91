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

/** What waits for the next key, on the boards that have such keys: by the key, with AltGr where it takes that. */
const deadKeys: Readonly<Record<Exclude<keyof typeof maps, 'us'>, readonly string[]>> = {
  'canadian-french': ['BracketLeft', 'BracketRight', 'Quote'],
  'canadian-multilingual': ['BracketLeft', 'BracketLeft+AltGr', 'BracketRight+AltGr'],
};

/** The system calls all of them `Dead`; the two Canadian boards agree on where each stands. */
const deadCharacters: Readonly<Record<string, string>> = {
  BracketLeft: '^',
  Quote: '`',
  BracketRight: '¸',
  'BracketLeft+AltGr': '`',
  'BracketRight+AltGr': '~',
};

const placeOf = ({ code, isAltGraph }: WedgeKey): string => (isAltGraph ? `${code}+AltGr` : code);

/** Whether a key writes nothing by itself, and with a space after it stands alone. */
function isDead(pressed: WedgeKey, layout: WedgeSettings['layout']): boolean {
  if (layout === 'system') return pressed.key === 'Dead';
  return layout !== 'us' && deadKeys[layout].includes(placeOf(pressed));
}

/** The text a scanner meant by a row of keys. */
export function meantBy(keys: readonly WedgeKey[], layout: WedgeSettings['layout']): string {
  return keys
    .filter((key, index) => {
      const before = keys[index - 1];
      // The space after a dead key is how a board writes its character alone.
      return key.code !== 'Space' || before === undefined || !isDead(before, layout);
    })
    .map((key) => characterOf(key, layout))
    .join('');
}

const combining: Readonly<Record<string, string>> = {
  '^': '\u0302',
  '`': '\u0300',
  '¸': '\u0327',
  '~': '\u0303',
};

/**
 * What keys write when a person presses them. `isAllHeld` is false where the page has had the first one: of that, only the
 * accent of a dead key is still to come.
 */
export function typedBy(keys: readonly WedgeKey[], isAllHeld: boolean): string {
  let accent = '';
  let text = '';
  for (const [index, key] of keys.entries()) {
    if (key.key === 'Dead') {
      accent = deadCharacters[placeOf(key)] ?? '';
    } else if (key.key.length === 1 && (index > 0 || isAllHeld)) {
      const joined = `${key.key}${combining[accent] ?? ''}`.normalize('NFC');
      text += joined.length === 1 ? joined : accent + key.key.trim();
      accent = '';
    }
  }
  return text;
}

/**
 * The character a scanner meant by a key. With `system` what the system made of it; else what stands on that key in the
 * layout the scanner believes in, whatever layout the system has.
 */
export function characterOf(pressed: WedgeKey, layout: WedgeSettings['layout']): string {
  const { key, code, shiftKey, isAltGraph } = pressed;
  if (layout === 'system') return key === 'Dead' ? (deadCharacters[placeOf(pressed)] ?? '') : oneOf(key);
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shiftKey ? letter : letter.toLowerCase();
  const digit = /^Numpad([0-9])$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  const printed = maps[layout][code];
  if (printed === undefined) return oneOf(key);
  if (isAltGraph) return printed[2] ?? '';
  return printed[shiftKey ? 1 : 0];
}

function oneOf(key: string): string {
  return key.length === 1 ? key : '';
}
