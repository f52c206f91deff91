import { randomUUID } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { reportCsv } from '../../../main/reconciliation/report-csv.ts';
import { reportPdf } from '../../../main/reconciliation/report-pdf.ts';
import { createWords } from '../../../shared/i18n/words.ts';
import { openedJournal, recorded, temporaryFolder } from '../journal/support.ts';
import { bookAt, credited, DAY, dayTransaction } from './day-support.ts';

const NEXT_MORNING = '2026-06-02T14:00:00Z';
const THAT_EVENING = '2026-06-01T23:00:00Z';

async function busyDay() {
  const journal = await openedJournal(temporaryFolder());
  const sale = await dayTransaction(
    journal,
    { STANDARD: 10, TWICE: 5 },
    { preTaxCents: 20_000 },
    credited(15),
  );
  const back = { kind: 'reverse', originalSeq: sale, preTaxCents: 5000 } as const;
  await dayTransaction(journal, { STANDARD: 3 }, back, credited(3));
  await dayTransaction(journal, { STANDARD: 4 }, { preTaxCents: 8000 }, { kind: 'accepted' });
  const reference = 'K7Q3M2XVT9PH';
  await dayTransaction(journal, { STANDARD: 2 }, { preTaxCents: 4000, reference });
  await dayTransaction(
    journal,
    { STANDARD: 1 },
    { preTaxCents: 2000 },
    { kind: 'needs-manager', reason: 'rejected' },
  );
  await dayTransaction(
    journal,
    {},
    { kind: 'record', preTaxCents: 1500 },
    { kind: 'credited', milesAmount: undefined, balanceMiles: undefined },
  );
  await dayTransaction(journal, { STANDARD: 9 }, { kind: 'reverse-event', preTaxCents: 0 }, credited(9));
  // Of the day before, and still to be sent.
  await dayTransaction(journal, { STANDARD: 6 }, { transactionDay: '2026-05-31' });
  return { journal, reference };
}

test('a day’s totals say what was issued, returned and corrected, where it stands, and by which offer', async () => {
  const { journal } = await busyDay();
  const overview = await bookAt(journal, NEXT_MORNING).overview(DAY);
  const figure = (group: string, state: string) =>
    overview.figures.find((each) => each.group === group && each.state === state);
  expect(figure('issued', 'credited')).toMatchObject({ count: 1, milesAmount: 15, preTaxCents: 20_000 });
  expect(figure('issued', 'accepted')).toMatchObject({ count: 1, milesAmount: 4, milesUnknown: 0 });
  expect(figure('issued', 'stored')).toMatchObject({ count: 1, milesAmount: 2 });
  expect(figure('issued', 'parked')).toMatchObject({ count: 1, milesAmount: 1 });
  expect(figure('returned', 'credited')).toMatchObject({ count: 1, milesAmount: -3, preTaxCents: -5000 });
  expect(figure('corrected', 'credited')).toMatchObject({ count: 1, milesAmount: -9 });
  expect(figure('recorded', 'credited')).toMatchObject({ count: 1, milesAmount: 0, milesUnknown: 0 });
  expect(overview.figures).toHaveLength(7);
  expect(overview.offers).toEqual([
    { offerCode: 'STANDARD', count: 6, issuedMiles: 17, returnedMiles: -12 },
    { offerCode: 'TWICE', count: 1, issuedMiles: 5, returnedMiles: 0 },
  ]);
  expect(overview).toMatchObject({ isOver: true, owedCount: 3, earlierOwed: 1, sinceClosing: 0 });
  expect(overview.owed.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
    'accepted',
    'stored',
    'rejected',
  ]);
});

test('where AIR MILES calculates, Miles of what was not answered are unknown, not zero', async () => {
  const journal = await openedJournal(temporaryFolder());
  await recorded(journal, { transactionDay: DAY });
  const { figures } = await bookAt(journal, NEXT_MORNING).overview(DAY);
  expect(figures).toEqual([
    { group: 'issued', state: 'stored', count: 1, milesAmount: 0, milesUnknown: 1, preTaxCents: 2497 },
  ]);
});

test('what is owed is carried over by name, only knowingly, and the closing stands in the audit chain', async () => {
  const { journal, reference } = await busyDay();
  const book = bookAt(journal, NEXT_MORNING);
  expect(await book.close(DAY, false, 'en-CA', 'Ann')).toEqual({ kind: 'owed', count: 3 });
  expect(await book.closingsOf(DAY)).toEqual([]);
  const both = await Promise.all([
    book.close(DAY, true, 'en-CA', 'Ann'),
    book.close(DAY, true, 'en-CA', 'Ann'),
  ]);
  expect(both.map(({ kind }) => kind).toSorted()).toEqual(['already-closed', 'closed']);
  const [line, ...others] = await journal.lines('day-closed', 10);
  expect(others).toEqual([]);
  expect(line).toMatchObject({ actor: 'Ann' });
  expect(JSON.parse(line?.detail ?? '')).toMatchObject({ day: DAY, owedCount: 3, isEarly: false });
  expect(line?.detail).toContain(reference);
  expect(await journal.byReference(reference)).toMatchObject({ state: 'due' });
  // What comes in afterwards for that day is told, and may be closed again.
  await dayTransaction(journal, { STANDARD: 1 }, {}, credited(1));
  expect(await book.overview(DAY)).toMatchObject({ sinceClosing: 1 });
  expect(await book.close(DAY, true, 'en-CA', null)).toMatchObject({ kind: 'closed' });
  expect(await book.closingsOf(DAY)).toHaveLength(2);
});

test('today is closed with a warning, tomorrow not at all', async () => {
  const { journal } = await busyDay();
  const book = bookAt(journal, THAT_EVENING);
  expect(await book.close('2026-06-02', true, 'fr-CA', null)).toEqual({ kind: 'not-begun' });
  expect(await book.close(DAY, true, 'fr-CA', null)).toMatchObject({
    closing: { isEarly: true, closedBy: null },
  });
  expect(await book.list(10)).toEqual([
    { day: DAY, count: 7, isClosed: true },
    { day: '2026-05-31', count: 1, isClosed: false },
  ]);
});

test('the report holds the totals and the names in both languages, and no Collector Number in full', async () => {
  const { journal, reference } = await busyDay();
  const result = await bookAt(journal, NEXT_MORNING).close(DAY, true, 'en-CA', 'Ann');
  if (result.kind !== 'closed') throw new Error(result.kind);
  const place = { store: '1100', lane: '3', environment: 'training' } as const;
  const csv = reportCsv(result.closing, place);
  expect(csv).toContain('total,returned,credited,1,-3,0,-50.00');
  expect(csv).toContain(`carried_over,${reference},stored,1,2,0,40.00,`);
  expect(csv).not.toMatch(/\d{11}/);
  const unit = { one: 'Mile', other: 'Miles' };
  const programme = {
    name: 'Test',
    unit: { 'en-CA': unit, 'fr-CA': { one: 'mille', other: 'milles' } },
    unitsInFull: { 'en-CA': 'Reward Miles', 'fr-CA': 'milles de récompense' },
  };
  for (const language of ['en-CA', 'fr-CA'] as const) {
    const bytes = await reportPdf(result.closing, place, createWords(language, programme));
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(pagesIn(bytes)).toBe(1);
  }
  const many = {
    ...result.closing,
    owed: Array.from({ length: 120 }, () => ({
      ...result.closing.owed[0],
      reference: randomUUID().slice(0, 12),
    })),
  };
  const long = await reportPdf(many as typeof result.closing, place, createWords('en-CA', programme));
  expect(pagesIn(long)).toBeGreaterThan(2);
});

test('a return keyed without its sale is marked where it is carried over', async () => {
  const journal = await openedJournal(temporaryFolder());
  const sale = await dayTransaction(journal, { STANDARD: 5 }, {}, credited(5));
  const reference = 'K7Q3M2XVT9PH';
  await dayTransaction(journal, { STANDARD: 1 }, { kind: 'reverse', reference });
  await dayTransaction(journal, { STANDARD: 1 }, { kind: 'reverse', originalSeq: sale });
  const book = bookAt(journal, NEXT_MORNING);
  const { owed } = await book.overview(DAY);
  expect(owed.map(({ isWithoutOriginal }) => isWithoutOriginal)).toEqual([true, undefined]);
  const result = await book.close(DAY, true, 'fr-CA', 'Ann');
  if (result.kind !== 'closed') throw new Error(result.kind);
  const csv = reportCsv(result.closing, { store: '1100', lane: '3' });
  const [first, second] = csv.split('\r\n').filter((line) => line.startsWith('carried_over'));
  expect(first).toContain(reference);
  expect(first).toMatch(/,yes$/);
  expect(second).toMatch(/,$/);

  const place = { store: '1100', lane: '3', environment: 'production' } as const;
  const words = createWords('fr-CA', null);
  const unmarked = {
    ...result.closing,
    owed: result.closing.owed.map((owed) => ({ ...owed, isWithoutOriginal: undefined })),
  };
  expect(drawsAsterisk(await reportPdf(result.closing, place, words))).toBe(true);
  expect(drawsAsterisk(await reportPdf(unmarked, place, words))).toBe(false);
});

/** Whether a PDF draws `*`: a font that is embedded lists the characters that were drawn with it. */
function drawsAsterisk(bytes: Uint8Array): boolean {
  const lists = textsIn(bytes).filter((text) => text.includes('beginbfrange'));
  expect(lists).not.toEqual([]);
  return lists.some((list) => list.includes('<002a>'));
}

/** How many pages a PDF has: its page objects, some of which stand in compressed streams. */
function pagesIn(bytes: Uint8Array): number {
  return (
    textsIn(bytes)
      .join('\n')
      .match(/\/Type \/Page\b/g)?.length ?? 0
  );
}

/** A PDF's own text, and each of its streams. */
function textsIn(bytes: Uint8Array): readonly string[] {
  const text = Buffer.from(bytes).toString('latin1');
  const streams = [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = '']) => {
    try {
      return inflateSync(Buffer.from(body, 'latin1')).toString('latin1');
    } catch {
      // A stream that is not compressed is in the text already.
      return '';
    }
  });
  return [text, ...streams];
}
