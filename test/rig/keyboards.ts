/** A key of the board, and what is held with it. */
export interface Stroke {
  readonly code: string;
  readonly isShifted: boolean;
}

/** A stroke as the system tells a page about it: `Dead` waits for the next one. */
export interface SystemKey extends Stroke {
  readonly key: string;
  /** What it writes where it is not held back; nothing for a dead key. */
  readonly text: string;
}

const codes = (
  'Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal ' +
  'BracketLeft BracketRight Backslash Semicolon Quote IntlBackslash Comma Period Slash'
).split(' ');

interface Board {
  /** A character for each of `codes`, plain and with Shift. */
  readonly plain: string;
  readonly shifted: string;
  /** Characters of keys that wait for the next one; with a space they stand alone. */
  readonly dead: string;
}

/** What Windows has under the same names; written down from its own layouts, apart from the terminal's tables. */
const boards = {
  us: {
    plain: "`1234567890-=[]\\;'\\,./",
    shifted: '~!@#$%^&*()_+{}|:"|<>?',
    dead: '',
  },
  'canadian-french': {
    plain: '#1234567890-=^¸<;`«,.é',
    shifted: '|!"/$%?&*()_+^¨>:`»\'.É',
    dead: '^¸¨`',
  },
  'canadian-multilingual': {
    plain: '/1234567890-=^çà;èù,.é',
    shifted: '\\!@#$%?&*()_+¨ÇÀ:ÈÙ\'"É',
    dead: '^¨',
  },
} as const satisfies Record<string, Board>;

export type BoardName = keyof typeof boards;

/** The strokes by which a scanner that believes in a board types a text. Throws where the board needs AltGr for it. */
export function strokesOf(text: string, board: BoardName): readonly Stroke[] {
  return Array.from(text).flatMap((character): Stroke[] => {
    const stroke = strokeOf(character, boards[board]);
    if (stroke === undefined) throw new Error(`No plain key of ${board} has ${character}`);
    return isDead(character, boards[board]) ? [stroke, { code: 'Space', isShifted: false }] : [stroke];
  });
}

function strokeOf(character: string, { plain, shifted }: Board): Stroke | undefined {
  if (character === ' ') return { code: 'Space', isShifted: false };
  if (/^[a-z]$/i.test(character)) {
    return { code: `Key${character.toUpperCase()}`, isShifted: /[A-Z]/.test(character) };
  }
  const isShifted = !plain.includes(character);
  const code = codes[isShifted ? shifted.indexOf(character) : plain.indexOf(character)];
  return code === undefined ? undefined : { code, isShifted };
}

function isDead(character: string, { dead }: Board): boolean {
  return dead.includes(character);
}

/** What a system that has a board makes of strokes, whatever was meant by them. */
export function systemKeys(strokes: readonly Stroke[], board: BoardName): readonly SystemKey[] {
  let waiting = '';
  return strokes.map((stroke) => {
    const character = characterOn(stroke, boards[board]);
    if (waiting === '' && isDead(character, boards[board])) {
      waiting = character;
      return { ...stroke, key: 'Dead', text: '' };
    }
    const accent = waiting;
    waiting = '';
    if (accent === '') return { ...stroke, key: character, text: character };
    if (character === ' ') return { ...stroke, key: ' ', text: accent };
    return { ...stroke, key: character, text: accent + character };
  });
}

function characterOn({ code, isShifted }: Stroke, { plain, shifted }: Board): string {
  if (code === 'Space') return ' ';
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return isShifted ? letter : letter.toLowerCase();
  const place = codes.indexOf(code);
  return (isShifted ? shifted : plain).charAt(place);
}
