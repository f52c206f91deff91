import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PartnerClient } from '../../../main/airmiles/client.ts';
import type { HistoryAnswer } from '../../../main/airmiles/history.ts';
import { createBoardHandlers } from '../../../main/board/handlers.ts';
import type { Authorization } from '../../../main/operators/authority.ts';
import type { Story } from '../../../shared/contract/board.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { openShop } from '../checkout/shop.ts';
import { answered, createFarEnd } from '../forwarding/far-end.ts';

const taxes = { gst: 0, hst: 650, pst: 0, qst: 0 };
const collector = makeCollectorNumber(Math.random);

const activity = (partnerTransactionId: string, milesAmount: number) => ({
  transactionId: undefined,
  activityType: 'ISSUANCE',
  transactionDate: undefined,
  milesAmount,
  partnerTransactionId,
});
const history = (...activities: ReturnType<typeof activity>[]): HistoryAnswer => ({
  kind: 'activities',
  activities,
  totalPages: 1,
});

/** The board of a shop with a scripted far end. */
async function openBoard(options: { sponsorCodes?: string[]; authorization?: Authorization } = {}) {
  const farEnd = createFarEnd();
  const shop = await openShop(farEnd.client);
  const asked: Parameters<PartnerClient['readHistory']>[0][] = [];
  const answers: HistoryAnswer[] = [];
  const board = createBoardHandlers({
    ...shop.issuing,
    authority: { authorize: () => options.authorization ?? { kind: 'authorized', actor: 'Ana' } },
    client: {
      readHistory: (request) => {
        asked.push(request);
        return Promise.resolve(answers.shift() ?? history());
      },
    },
    forwarder: shop.forwarder,
    recentSales: shop.recentSales,
    status: { changed: () => undefined },
    sponsorCodes: options.sponsorCodes ?? ['TEST'],
  });
  const next = async () => {
    await expect.poll(() => farEnd.waiting.length).toBe(1);
    const [waiting] = farEnd.waiting;
    if (waiting === undefined) throw new Error('Nothing on the wire');
    return waiting;
  };
  async function storyOf(seq: number): Promise<Story> {
    const reply = await board['board.story']({ seq });
    if (reply.kind !== 'story') throw new Error(reply.kind);
    return reply;
  }
  async function refusedSale(): Promise<number> {
    const seq = await shop.issue(collector, 2497);
    (await next()).answer(answered(400));
    await shop.shown(seq, ({ outcome }) => outcome === 'needs-manager');
    return seq;
  }
  async function parkedSale(): Promise<number> {
    const seq = await shop.issue(collector, 2497);
    await next();
    await shop.journal.park(seq, 'may-have-arrived', Date.now());
    (await next()).answer(answered(500));
    await expect.poll(() => shop.forwarder.isSending(seq)).toBe(false);
    await expect.poll(async () => (await shop.forwarder.withTurn(collector, async () => 0)).kind).toBe('had');
    return seq;
  }
  return { ...shop, board, farEnd, asked, answers, next, storyOf, refusedSale, parkedSale };
}

const correction = (seq: number, changes: object = {}) => ({
  seq,
  saleKey: randomUUID(),
  preTaxCents: 5000,
  excludedCents: 0,
  taxes,
  why: '',
  ...changes,
});

describe('a refused sale', () => {
  test('is corrected: a new one for the same Collector and purchase, linked both ways and sent', async () => {
    const shop = await openBoard();
    const seq = await shop.refusedSale();
    expect((await shop.storyOf(seq)).decisions).toEqual(['correct', 'check', 'write-off']);
    const old = await shop.journal.row(seq);
    const reply = await shop.board['board.correct'](correction(seq));
    if (reply.kind !== 'recorded') throw new Error(reply.kind);
    const sent = JSON.parse(new TextDecoder().decode((await shop.next()).request.body)) as object;
    expect(sent).toMatchObject({ collectorNumber: collector, basketPreTaxAmount: 50 });
    (await shop.next()).answer(answered(200, { reading: { body: 'json', milesAmount: 2 } }));
    await shop.shown(reply.sale.seq, ({ outcome }) => outcome === 'credited');
    const corrected = await shop.journal.row(reply.sale.seq);
    expect(corrected.transactionDay).toBe(old.transactionDay);
    expect(JSON.parse(corrected.details)).toMatchObject({
      correctsSeq: seq,
      correctsReference: old.reference,
    });
    const before = await shop.storyOf(seq);
    expect(before.decisions).toEqual([]);
    expect(before.sale.closedAs).toBe('corrected');
    expect(before.lines.map(({ kind }) => kind)).toEqual(['stored', 'attempt', 'closed']);
    expect(before.lines.at(-1)).toMatchObject({ actor: 'Ana', by: corrected.reference });
    expect((await shop.storyOf(reply.sale.seq)).lines[0]).toMatchObject({
      kind: 'stored',
      inPlaceOf: old.reference,
    });
    // What a screen gets of a Collector ends with four digits.
    expect(JSON.stringify([before, reply])).not.toContain(collector);
  });

  test('pressed twice makes one correction', async () => {
    const shop = await openBoard();
    const seq = await shop.refusedSale();
    const input = correction(seq);
    const [first, second] = await Promise.all([
      shop.board['board.correct'](input),
      shop.board['board.correct'](input),
    ]);
    expect(first).toMatchObject({ kind: 'recorded' });
    expect(second).toMatchObject({ kind: 'recorded' });
    expect((await shop.journal.recent(10)).length).toBe(2);
    expect(await shop.board['board.correct'](correction(seq))).toEqual({ kind: 'not-possible' });
  });

  test('with a wrong amount or number stays as it is', async () => {
    const shop = await openBoard();
    const seq = await shop.refusedSale();
    expect(await shop.board['board.correct'](correction(seq, { preTaxCents: 0 }))).toMatchObject({
      kind: 'refused',
    });
    const wrong = correction(seq, { collectorText: '80000' });
    expect(await shop.board['board.correct'](wrong)).toMatchObject({
      kind: 'refused',
      refusals: [{ field: 'collectorNumber' }],
    });
    expect((await shop.storyOf(seq)).sale.outcome).toBe('needs-manager');
  });
});

describe('checking with AIR MILES', () => {
  test('finds it by its reference: credited, with its Miles, and the strip knows at once', async () => {
    const shop = await openBoard();
    const seq = await shop.parkedSale();
    const { reference } = (await shop.storyOf(seq)).sale;
    shop.answers.push(history(activity('SOMETHING-ELSE', 9), activity(reference, 4)));
    expect(await shop.board['board.check']({ seq })).toEqual({ kind: 'found', milesAmount: 4 });
    expect(shop.saleOf(seq)).toMatchObject({ outcome: 'credited', milesAmount: 4 });
    expect(shop.asked).toMatchObject([{ collectorNumber: collector, sponsorCodes: ['TEST'], page: 0 }]);
    expect((await shop.storyOf(seq)).lines.at(-1)).toMatchObject({
      kind: 'found',
      actor: 'Ana',
      milesAmount: 4,
    });
    expect(await shop.board['board.check']({ seq })).toEqual({ kind: 'not-possible' });
  });

  test('reads every page before it says that it is not there; only then may it be sent again', async () => {
    const shop = await openBoard();
    const seq = await shop.parkedSale();
    const before = await shop.storyOf(seq);
    expect(before.decisions).toEqual(['check', 'write-off']);
    expect(await shop.board['board.sendAgain']({ seq })).toEqual({ kind: 'not-possible' });
    shop.answers.push({ ...history(activity('A', 1)), totalPages: 2 } as HistoryAnswer, history());
    expect(await shop.board['board.check']({ seq })).toEqual({ kind: 'not-found' });
    expect(shop.asked.map(({ page }) => page)).toEqual([0, 1]);
    expect((await shop.storyOf(seq)).decisions).toEqual(['send-again', 'check', 'write-off']);
    expect(await shop.board['board.sendAgain']({ seq })).toEqual({ kind: 'done' });
    const again = await shop.next();
    expect(again.request.idempotencyKey).toBe(shop.farEnd.seen[0]?.idempotencyKey);
    expect(again.request.body).toEqual(shop.farEnd.seen[0]?.body);
    again.answer(answered(200, { reading: { body: 'json', milesAmount: 1 } }));
    await shop.shown(seq, ({ outcome }) => outcome === 'credited');
  });

  test.each([
    [{ kind: 'unanswered', failure: { kind: 'timeout' } }, { trouble: 'timeout' }],
    [
      { kind: 'refused', status: 401, code: 'X', message: undefined, retryAfterMs: undefined },
      { trouble: 'refused', detail: 'HTTP 401 · X' },
    ],
  ] as const)('says why it could not be asked, and decides nothing: %j', async (answer, trouble) => {
    const shop = await openBoard();
    const seq = await shop.parkedSale();
    shop.answers.push(answer);
    expect(await shop.board['board.check']({ seq })).toMatchObject({ kind: 'unavailable', ...trouble });
    expect((await shop.storyOf(seq)).decisions).not.toContain('send-again');
  });

  test('is off without sponsor codes, and says so', async () => {
    const shop = await openBoard({ sponsorCodes: [] });
    const seq = await shop.parkedSale();
    expect(await shop.storyOf(seq)).toMatchObject({ isCheckOff: true, decisions: ['write-off'] });
    expect(await shop.board['board.check']({ seq })).toEqual({
      kind: 'unavailable',
      trouble: 'no-sponsor-codes',
    });
    expect(shop.asked).toEqual([]);
  });

  test('waits for no turn: while the Collector has a request on the wire it says so', async () => {
    const shop = await openBoard();
    const seq = await shop.refusedSale();
    await shop.issue(collector, 4000);
    const other = await shop.next();
    expect(await shop.board['board.check']({ seq })).toEqual({ kind: 'unavailable', trouble: 'busy' });
    other.answer(answered(200));
  });
});

describe('what was decided elsewhere meanwhile', () => {
  test('is refused: nothing on the wire is cancelled, nothing final is written off', async () => {
    const shop = await openBoard();
    const seq = await shop.issue(collector, 2497);
    const waiting = await shop.next();
    expect(await shop.board['board.cancel']({ seq, why: 'rung up twice' })).toEqual({ kind: 'not-possible' });
    waiting.answer(answered(200));
    await shop.shown(seq, ({ outcome }) => outcome === 'credited');
    expect(await shop.board['board.writeOff']({ seq, why: 'too late' })).toEqual({ kind: 'not-possible' });
    expect(await shop.board['board.sendNow']({ seq })).toEqual({ kind: 'not-possible' });
  });
});

describe('without a manager', () => {
  test('nothing is decided and nobody is asked anything', async () => {
    const shop = await openBoard({ authorization: { kind: 'approval-needed' } });
    const seq = await shop.refusedSale();
    const needed = { kind: 'approval-needed' };
    expect(await shop.board['board.writeOff']({ seq, why: 'because' })).toEqual(needed);
    expect(await shop.board['board.check']({ seq })).toEqual(needed);
    expect(await shop.board['board.correct'](correction(seq))).toEqual(needed);
    expect(shop.asked).toEqual([]);
    expect((await shop.storyOf(seq)).sale.outcome).toBe('needs-manager');
    expect((await shop.journal.recent(10)).length).toBe(1);
  });
});

describe('writing off', () => {
  test('keeps who and why, and closes it on the strip', async () => {
    const shop = await openBoard();
    const seq = await shop.refusedSale();
    expect(await shop.board['board.writeOff']({ seq, why: 'Paid by a voucher' })).toEqual({ kind: 'done' });
    expect(shop.saleOf(seq)).toMatchObject({ closedAs: 'written-off' });
    expect((await shop.storyOf(seq)).lines.at(-1)).toMatchObject({
      kind: 'closed',
      closedAs: 'written-off',
      actor: 'Ana',
      why: 'Paid by a voucher',
    });
  });
});

describe('a story', () => {
  test('tells what became of its prints and what reconciling its day led to, never in words of the program', async () => {
    const shop = await openBoard();
    const seq = await shop.refusedSale();
    const by = { seq, actor: 'Ana' };
    const atMs = Date.now() + 1000;
    await shop.journal.recordPrint({ seq, atMs, jobId: 'one', state: 'unknown', detail: 'paper-out' });
    await shop.journal.recordPrint({ seq, atMs: atMs + 1, jobId: 'two', state: 'printed' });
    // As a repair of a difference writes them.
    const both = { why: 'looked into it', milesHere: 7, milesThere: 5 };
    for (const [place, line] of [
      { what: 'needs-manager', detail: { ...both, milesThere: null, code: 'may-have-arrived' } },
      { what: 'miles-corrected', detail: both },
      { what: 'difference-noted', detail: { why: 'another lane', kind: 'different' } },
      { what: 'of-a-later-version', detail: {} },
    ].entries())
      await shop.journal.note({ ...by, ...line, atMs: atMs + 2 + place });
    expect((await shop.storyOf(seq)).lines.slice(2)).toEqual([
      { kind: 'print', atMs, state: 'unknown', trouble: 'paper-out' },
      { kind: 'print', atMs: atMs + 1, state: 'printed' },
      { kind: 'parked', atMs: atMs + 2, actor: 'Ana', isMissingThere: true },
      {
        kind: 'miles-taken-over',
        atMs: atMs + 3,
        actor: 'Ana',
        why: 'looked into it',
        milesHere: 7,
        milesThere: 5,
      },
      { kind: 'difference-noted', atMs: atMs + 4, actor: 'Ana', why: 'another lane' },
      { kind: 'other', atMs: atMs + 5, actor: 'Ana' },
    ]);
  });
});

describe('the table', () => {
  test('counts each outcome, filters and searches', async () => {
    const shop = await openBoard();
    const seq = await shop.refusedSale();
    const ask = (outcomes: readonly ('stored' | 'needs-manager' | 'accepted')[], search = '') =>
      shop.board['board.page']({ outcomes: [...outcomes], search, offset: 0, limit: 10 });
    const counts = { stored: 0, 'needs-manager': 1, accepted: 0 };
    expect(await ask([])).toMatchObject({ rows: [{ seq }], counts, total: 1 });
    expect(await ask(['stored'])).toMatchObject({ rows: [], counts, total: 0 });
    const { reference } = (await shop.storyOf(seq)).sale;
    const asPrinted = `MP-${reference.toLowerCase()}`;
    expect(await ask([], asPrinted)).toMatchObject({ rows: [{ seq }], total: 1 });
    expect(await ask([], collector.slice(-4))).toMatchObject({ rows: [{ seq }] });
    expect(await ask([], 'ZZZZ')).toMatchObject({ rows: [], total: 0 });
  });
});
