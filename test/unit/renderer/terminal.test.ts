import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTerminal, type Terminal } from '../../../renderer/app/terminal.ts';
import { knownEarns, type Earns } from '../../../renderer/features/checkout/preview.ts';
import { createClient } from '../../../renderer/client.ts';
import { createFakeMain, type FakeMain } from './fake-main.ts';
import { sampleCollector, sampleDraft, sampleKey, sampleSale, sampleSnapshot } from './samples.ts';

const ready = sampleDraft(1, { collectorText: sampleCollector(1), amountText: '24.97' });
const press = { kind: 'pressed', by: 'button' } as const;

let main: FakeMain;
let terminal: Terminal;
let isSheetOpen = false;
let refusals = 0;

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

async function start(snapshot = sampleSnapshot({ draft: ready })): Promise<void> {
  isSheetOpen = false;
  refusals = 0;
  main.handle('terminal.snapshot', () => snapshot);
  terminal = createTerminal({
    client: createClient(main.wire, { timeoutMs: 10_000 }),
    makeKey: () => sampleKey(500),
    hasSheet: () => isSheetOpen,
    refuseAudibly: () => (refusals += 1),
  });
  await settle();
}

const checkout = () => terminal.getState().loaded?.checkout;

beforeEach(() => {
  vi.useFakeTimers();
  main = createFakeMain({
    'checkout.keep': () => ({}),
    'checkout.clear': () => ({ draft: sampleDraft(3) }),
    'preferences.setLanguage': () => ({}),
    'checkout.issue': () => ({
      kind: 'recorded',
      sale: sampleSale(1),
      isRepeat: false,
      nextDraft: sampleDraft(2),
    }),
  });
});

afterEach(() => {
  terminal.stop();
  vi.useRealTimers();
});

describe('the terminal', () => {
  test('starts from the draft main kept', async () => {
    await start();
    expect(checkout()?.draft).toEqual(ready);
  });

  test('makes one call of two presses, and shows the recorded sale', async () => {
    await start();
    terminal.act(press);
    terminal.act(press);
    await settle();
    expect(main.inputsOf('checkout.issue')).toHaveLength(1);
    expect(checkout()?.draft).toEqual(sampleDraft(2));
    expect(terminal.getState().loaded?.snapshot.recentSales).toEqual([sampleSale(1)]);
  });

  test('keeps the draft once typing pauses, not for each key', async () => {
    await start();
    const before = main.inputsOf('checkout.keep').length;
    for (const text of ['2', '24', '24.', '24.5']) terminal.act({ kind: 'typed', field: 'amount', text });
    expect(main.inputsOf('checkout.keep')).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(150);
    expect(main.inputsOf('checkout.keep').slice(before)).toEqual([
      { draft: { ...ready, amountText: '24.5' } },
    ]);
  });

  test('sends the same sale with the same key when main was away before it answered', async () => {
    await start();
    main.handle('checkout.issue', () => new Promise(() => undefined));
    terminal.act(press);
    await settle();
    main.disconnect();
    await settle();
    expect(checkout()).toMatchObject({ draft: ready, issue: { kind: 'interrupted' } });
    main.handle('checkout.issue', () => ({
      kind: 'recorded',
      sale: sampleSale(1),
      isRepeat: true,
      nextDraft: sampleDraft(2),
    }));
    main.connect();
    await settle();
    const [first, second, ...others] = main.inputsOf('checkout.issue');
    expect(second).toEqual(first);
    expect(others).toEqual([]);
    expect(checkout()?.draft).toEqual(sampleDraft(2));
  });

  test('sends nothing again when main had recorded the sale before it went away', async () => {
    await start();
    main.handle('checkout.issue', () => new Promise(() => undefined));
    terminal.act(press);
    await settle();
    main.disconnect();
    await settle();
    main.handle('terminal.snapshot', () =>
      sampleSnapshot({ draft: sampleDraft(2), recentSales: [sampleSale(1)] }),
    );
    main.connect();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(main.inputsOf('checkout.issue')).toHaveLength(1);
    expect(checkout()).toMatchObject({ draft: sampleDraft(2), issue: { kind: 'idle' } });
  });

  test('tries again by itself when main gave no answer in time', async () => {
    await start();
    main.handle('checkout.issue', () => new Promise(() => undefined));
    terminal.act(press);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(main.inputsOf('checkout.issue')).toHaveLength(2);
  });

  test('does not send a press while main cannot be reached', async () => {
    await start();
    main.disconnect();
    terminal.act(press);
    main.connect();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(main.inputsOf('checkout.issue')).toEqual([]);
    expect(checkout()?.draft).toEqual(ready);
  });

  test('gives a cleared sale a new key at once, so that the old one never carries another', async () => {
    await start();
    terminal.clearSale();
    expect(checkout()?.draft).toEqual(sampleDraft(500));
    terminal.act({ kind: 'typed', field: 'amount', text: '7' });
    await settle();
    expect(checkout()?.draft).toEqual(sampleDraft(3, { amountText: '7' }));
  });

  test('asks for a snapshot again when the first was not answered', async () => {
    await start();
    main.disconnect();
    let asked = 0;
    main.handle('terminal.snapshot', () => {
      asked += 1;
      if (asked === 1) throw new Error('not yet');
      return sampleSnapshot({ draft: ready, language: 'fr-CA' });
    });
    main.connect();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(terminal.getState().loaded?.snapshot.language).toBe('fr-CA');
  });

  test('follows a sale to its outcome', async () => {
    await start();
    main.emit('sale', sampleSale(1));
    main.emit('sale', sampleSale(1, { outcome: 'credited', milesAmount: 1, isSending: false }));
    expect(terminal.getState().loaded?.snapshot.recentSales).toMatchObject([
      { outcome: 'credited', milesAmount: 1 },
    ]);
  });
});

describe('what a sale would earn', () => {
  const earns = (milesAmount: number): Earns => ({
    kind: 'earns',
    milesAmount,
    eligibleCents: 2497,
    preTaxCents: 2497,
    lines: [],
  });
  const asked = () => main.inputsOf('checkout.preview');
  const amount = (text: string) => terminal.act({ kind: 'typed', field: 'amount', text });
  const known = () => {
    const { loaded } = terminal.getState();
    return loaded === null ? null : knownEarns(loaded.checkout, loaded.snapshot);
  };

  test('is asked 300 ms after the last change, once, when every field is right', async () => {
    await start(sampleSnapshot({ draft: sampleDraft(1, { collectorText: sampleCollector(1) }) }));
    main.handle('checkout.preview', () => earns(1));
    for (const text of ['2', '24', '24.97']) {
      amount(text);
      await vi.advanceTimersByTimeAsync(299);
    }
    expect(asked()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked()).toEqual([
      {
        collectorText: sampleCollector(1),
        preTaxCents: 2497,
        excludedCents: 0,
        taxes: { gst: 0, hst: 325, pst: 0, qst: 0 },
      },
    ]);
    expect(known()?.milesAmount).toBe(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked()).toHaveLength(1);
  });

  test('is asked for the sale a reload brought back, and not while a field is not right', async () => {
    await start();
    await vi.advanceTimersByTimeAsync(300);
    expect(asked()).toHaveLength(1);
    amount('24.975');
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked()).toHaveLength(1);
  });

  test('is not taken from an answer to another form, which is asked about next', async () => {
    await start();
    const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let count = 0;
    main.handle('checkout.preview', async ({ preTaxCents }) => {
      await answers[count++]?.promise;
      return earns(Math.floor(preTaxCents / 2000));
    });
    await vi.advanceTimersByTimeAsync(300);
    amount('80');
    await vi.advanceTimersByTimeAsync(300);
    // One question at a time.
    expect(asked()).toHaveLength(1);
    answers[0]?.resolve();
    await settle();
    expect(known()).toBeNull();
    expect(asked()).toHaveLength(2);
    answers[1]?.resolve();
    await settle();
    expect(known()?.milesAmount).toBe(4);
    amount('81');
    expect(known()).toBeNull();
    amount('80');
    expect(known()?.milesAmount).toBe(4);
  });

  test('never holds up a press, and does not outlive the sale', async () => {
    await start();
    const answer = Promise.withResolvers<void>();
    main.handle('checkout.preview', async () => {
      await answer.promise;
      return earns(1);
    });
    await vi.advanceTimersByTimeAsync(300);
    terminal.act(press);
    await settle();
    expect(main.inputsOf('checkout.issue')).toHaveLength(1);
    answer.resolve();
    await settle();
    expect(checkout()).toMatchObject({ draft: sampleDraft(2), preview: null });
  });

  test('is asked again for the same amount of the next sale', async () => {
    main.handle('checkout.preview', () => earns(1));
    await start();
    await vi.advanceTimersByTimeAsync(300);
    terminal.act(press);
    await settle();
    terminal.act({ kind: 'typed', field: 'collector', text: sampleCollector(1) });
    amount('24.97');
    await vi.advanceTimersByTimeAsync(300);
    expect(asked()).toHaveLength(2);
  });

  test('is left out quietly when nobody knows', async () => {
    main.handle('checkout.preview', () => ({ kind: 'unknown' }));
    await start();
    await vi.advanceTimersByTimeAsync(300);
    expect(asked()).toHaveLength(1);
    expect(known()).toBeNull();
    expect(checkout()?.message).toBeNull();
  });
});

describe('a scan', () => {
  const collector = { kind: 'collector', collectorNumber: sampleCollector(3), entryMode: 'scanned' } as const;
  const keyed = (): string | undefined => terminal.getState().loaded?.checkout.draft.collectorText;

  test('made while a dialog is open is refused for the ears and lands nowhere, then or later', async () => {
    await start(sampleSnapshot());
    isSheetOpen = true;
    main.emit('scan', collector);
    expect(refusals).toBe(1);
    isSheetOpen = false;
    await settle();
    expect(keyed()).toBe('');
    // Main kept it for the sale: what is kept there now is what stands here.
    expect(main.inputsOf('checkout.keep').at(-1)).toMatchObject({ draft: { collectorText: '' } });
  });

  test('goes to the page that asked for scans, and to the checkout again once it left', async () => {
    await start(sampleSnapshot());
    const taken: string[] = [];
    const stop = terminal.takeScans((scan) => taken.push(scan.kind));
    main.emit('scan', collector);
    expect(taken).toEqual(['collector']);
    expect(keyed()).toBe('');
    stop();
    main.emit('scan', collector);
    expect(keyed()).toBe(collector.collectorNumber);
  });

  test('of a Collector on the menu begins a sale on the checkout; a refused one stays there', async () => {
    await start(sampleSnapshot());
    terminal.open({ name: 'menu' });
    main.emit('scan', { kind: 'refused', code: 'no-read' });
    expect(terminal.getState().page.name).toBe('menu');
    expect(refusals).toBe(1);
    main.emit('scan', collector);
    expect(terminal.getState().page.name).toBe('checkout');
    expect(keyed()).toBe(collector.collectorNumber);
  });
});
