import { describe, expect, test } from 'vitest';
import { createWords } from '../../../renderer/app/words.ts';
import { nextText, reasonText, ageText } from '../../../renderer/features/board/row-text.ts';
import { supportReference, tell } from '../../../renderer/features/board/story-text.ts';
import type { Story, StoryLine } from '../../../shared/contract/board.ts';
import { printStates, printTroubles } from '../../../shared/contract/receipts.ts';
import { languages } from '../../../shared/i18n/languages.ts';
import { closeReasons, outcomeReasons } from '../../../shared/domain/outcome.ts';
import { sampleSale, sampleSnapshot } from '../renderer/samples.ts';

const { programme } = sampleSnapshot();
const english = createWords('en-CA', programme);
const french = createWords('fr-CA', programme);
const atMs = 1_795_374_000_000;

describe('the story of a transaction', () => {
  test.each([
    [
      { kind: 'stored', atMs, actor: 'Ana', why: 'Keyed wrong', inPlaceOf: 'K7Q3M2XVT9PH' },
      'Stored in the place of K7Q3M2XVT9PH, corrected.',
      ['By Ana', '“Keyed wrong”'],
    ],
    [
      { kind: 'attempt', atMs, number: 2, elapsedMs: 340, code: 'timeout' },
      'Attempt 2: No answer in time.',
      ['0.3 s'],
    ],
    [
      {
        kind: 'attempt',
        atMs,
        number: 3,
        elapsedMs: 12,
        code: 'rejected',
        status: 400,
        detail: 'HTTP 400 · INVALID',
      },
      'Attempt 3: Refused by Sample Rewards.',
      ['HTTP 400 · INVALID'],
    ],
    [
      { kind: 'attempt', atMs, number: 4, elapsedMs: 12, code: 'credited', status: 200 },
      'Attempt 4: Credited.',
      ['HTTP 200'],
    ],
    [
      { kind: 'closed', atMs, actor: 'Luc', closedAs: 'written-off', why: 'Voucher' },
      'Written off.',
      ['By Luc', '“Voucher”'],
    ],
    [
      { kind: 'closed', atMs, closedAs: 'corrected', by: 'P0000000000P' },
      'Replaced by P0000000000P, corrected.',
      [],
    ],
    [
      { kind: 'returned', atMs, reference: 'R0000000000R', outcome: 'credited', milesAmount: 3 },
      'Return R0000000000R was recorded.',
      ['Credited', '-3 Points'],
    ],
    [
      { kind: 'print', atMs, state: 'unknown', trouble: 'paper-out' },
      'Receipt may be on paper: look.',
      ['The printer was out of paper.'],
    ],
    [{ kind: 'parked', atMs }, 'Handed to a manager: its key may have lapsed at Sample Rewards.', []],
    [
      { kind: 'parked', atMs, actor: 'Ana', isMissingThere: true },
      'Handed to a manager: reconciling its day did not find it at Sample Rewards.',
      ['By Ana'],
    ],
    [
      { kind: 'miles-taken-over', atMs, actor: 'Ana', why: 'Looked into it', milesHere: 1700, milesThere: 5 },
      'Figure of Sample Rewards taken over: here 1,700, there 5.',
      ['By Ana', '“Looked into it”'],
    ],
    [
      { kind: 'difference-noted', atMs, actor: 'Ana', why: 'Another lane' },
      'Another figure at Sample Rewards was noted with a reason.',
      ['By Ana', '“Another lane”'],
    ],
  ] as [StoryLine, string, string[]][])('is told in sentences: %j', (line, sentence, details) => {
    expect(tell(line, english)).toEqual({ sentence, details });
  });

  test.each(languages)(
    'tells every reason, every way to close and every end of a print apart in %s',
    (language) => {
      const words = createWords(language, programme);
      const attempts = outcomeReasons.map(
        (code) => tell({ kind: 'attempt', atMs, number: 1, elapsedMs: 0, code }, words).sentence,
      );
      const closings = closeReasons.map(
        (closedAs) => tell({ kind: 'closed', atMs, closedAs }, words).sentence,
      );
      expect(new Set(attempts).size).toBe(outcomeReasons.length);
      expect(new Set(closings).size).toBe(closeReasons.length);
      const prints = printStates.map((state) => tell({ kind: 'print', atMs, state }, words).sentence);
      expect(new Set(prints).size).toBe(printStates.length);
      const troubles = printTroubles.flatMap(
        (trouble) => tell({ kind: 'print', atMs, state: 'failed', trouble }, words).details,
      );
      expect(new Set(troubles).size).toBe(printTroubles.length);
      // A sentence, and no word of the program's own.
      for (const sentence of [...prints, ...troubles]) expect(sentence).toMatch(/^\p{Lu}.* .*\.$/u);
    },
  );

  test('gives support one line to quote', () => {
    const lines: StoryLine[] = [
      { kind: 'stored', atMs },
      { kind: 'attempt', atMs, number: 1, elapsedMs: 5, code: 'timeout' },
      { kind: 'attempt', atMs, number: 2, elapsedMs: 5, code: 'rejected', status: 400 },
    ];
    const sale = sampleSale(7, { reference: 'K7Q3M2XVT9PH' });
    const story = { sale, lines } as unknown as Story;
    expect(supportReference(story, english)).toBe('K7Q3M2XVT9PH · 2 attempts · HTTP 400');
    expect(supportReference({ ...story, lines: lines.slice(0, 1) }, french)).toBe('K7Q3M2XVT9PH');
  });
});

describe('a line of the board', () => {
  test('says why and what next, apart for a return and for a correction', () => {
    const refused = sampleSale(1, { outcome: 'needs-manager', reason: 'rejected', isSending: false });
    expect([reasonText(refused, english), nextText(refused, english)]).toEqual([
      'Refused by Sample Rewards',
      'Correct and send again',
    ]);
    const back = { ...refused, kind: 'return' as const };
    expect([reasonText(back, english), nextText(back, english)]).toEqual([
      'Return · Refused by Sample Rewards',
      'A manager decides',
    ]);
    const lost = { ...refused, reason: 'may-have-arrived' as const };
    expect(nextText(lost, french)).toBe('Vérifier chez Sample Rewards');
    const waiting = sampleSale(1, { kind: 'reverse', isSending: false });
    expect(nextText(waiting, english)).toBe('Goes after its sale');
  });

  test('counts its age in the largest unit that fits, and never below none', () => {
    const ages = [-5000, 59_000, 60_000, 3_599_000, 3_600_000, 86_400_000, 200_000_000];
    expect(ages.map((ms) => ageText(atMs - ms, atMs, english))).toEqual([
      '0 min',
      '0 min',
      '1 min',
      '59 min',
      '1 h',
      '1 day',
      '2 days',
    ]);
  });
});
