import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { catalogues, type MessageId } from '../../../shared/i18n/catalogues.ts';
import type { Draws } from '../../faults/draws.ts';
import { handsOn, type BurstEnd, type Desk } from '../../rig/hands.ts';
import type { Rig } from '../../rig/rig.ts';
import type { Arrivals } from './arrivals.ts';
import { drawCode, drawCollector, type Code } from './codes.ts';
import {
  centsTyped,
  differenceOf,
  emptyForm,
  isWhole,
  readScreen,
  type Form,
  type Screen,
} from './screen.ts';

const SETTLED_WITHIN_MS = 5000;
/** Amounts worth a Mile and below every limit. */
const SELLABLE = { fromCents: 2000, toCents: 900_000 };
const LONGEST_AMOUNT = 7;
const LONGEST_COLLECTOR = 13;
/** Nobody swipes sooner again; until then what comes is taken for another track of a payment card. */
const SCANS_APART_MS = 700;

/** A keyboard scanner as the settings have it. */
export interface Wedge {
  readonly mode: 'timing' | 'prefix';
  readonly prefix: string;
}

export interface LaneOptions {
  readonly page: Page;
  readonly desk: Desk;
  readonly wedge: Wedge;
  readonly rigs: readonly Rig[];
  readonly arrivals: Arrivals;
  readonly draws: Draws;
  readonly isFrench: boolean;
  readonly actions: number;
}

export interface Sold extends Form {
  readonly amountCents: number;
}

export interface LaneFigures {
  readonly done: Record<'scans' | 'keys' | 'focus moves' | 'sales', number>;
  /** Reads that devices made: all of them are counted, and each but a repeat arrives once. */
  readonly sent: { readonly serial: number; readonly wedge: number };
  readonly sold: readonly Sold[];
  readonly faults: readonly string[];
}

/** A sentence of the checkout, as far as its first value. */
const sentenceOf = (id: MessageId, isFrench: boolean): string => catalogues[isFrench ? 'fr-CA' : 'en-CA'][id];

/**
 * Plays a cashier, two serial scanners and a keyboard scanner at one window, by draws. After each action the form must
 * hold exactly what was typed and scanned. Where it does not, that is a fault, and the form is cleared to go on.
 */
export async function runLane(options: LaneOptions): Promise<LaneFigures> {
  const { page, desk, wedge, rigs, arrivals, draws, isFrench } = options;
  const hands = await handsOn(page, desk);
  const decimalSign = isFrench ? ',' : '.';
  const done = { scans: 0, keys: 0, 'focus moves': 0, sales: 0 };
  const sent = { serial: 0, wedge: 0 };
  const expected = { ...arrivals.seen() };
  const sold: Sold[] = [];
  const faults: string[] = [];
  let form = emptyForm;
  /** The number that a person is keying, if any. */
  let wanted = '';

  const total = (): number => done.scans + done.keys + done['focus moves'] + done.sales;

  /** Why it is not as it must be; waits for it to become so. */
  async function waitFor(isRight: (screen: Screen) => string | undefined): Promise<string | undefined> {
    const untilMs = performance.now() + SETTLED_WITHIN_MS;
    for (;;) {
      // What arrives during the look may not be drawn in it: the look counts for what came before.
      const { serial, wedge: byKeys } = arrivals.seen();
      // One look after the other.
      // oxlint-disable-next-line no-await-in-loop
      const screen = await readScreen(page);
      const difference =
        serial === expected.serial && byKeys === expected.wedge
          ? isRight(screen)
          : `${serial} of ${expected.serial} serial scans and ${byKeys} of ${expected.wedge} bursts arrived; the newest serial scan: ${arrivals.newest()}`;
      if (difference === undefined) return undefined;
      if (performance.now() > untilMs) return difference;
      // oxlint-disable-next-line no-await-in-loop
      await sleep(8);
    }
  }

  async function must(
    what: string,
    isRight: (screen: Screen) => string | undefined = () => undefined,
  ): Promise<void> {
    const difference = await waitFor((screen) => differenceOf(screen, form, isFrench) ?? isRight(screen));
    if (difference === undefined) return;
    faults.push(`after ${total()} actions, ${what}: ${difference}`);
    await hands.press('F9');
    form = emptyForm;
    wanted = '';
    Object.assign(expected, arrivals.seen());
    await sleep(300);
  }

  /** `repeats`: how often the device reads it again at once, which is one scan. */
  function isSent(by: 'serial' | 'wedge', repeats = 0): void {
    expected[by] += 1;
    sent[by] += 1 + repeats;
    done.scans += 1 + repeats;
  }

  function takeIn({ becomes }: Code, by: 'serial' | 'wedge'): void {
    if (becomes.kind !== 'collector') return;
    const entryMode = by === 'wedge' ? 'wedge' : becomes.isSwiped ? 'swiped' : 'scanned';
    form = { ...form, collector: becomes.collector, entryMode };
    wanted = '';
  }

  const landed =
    ({ becomes }: Code) =>
    (screen: Screen): string | undefined => {
      if (becomes.kind === 'collector') {
        return screen.focus === 'amount' ? undefined : `the focus is in “${screen.focus}”, not in the amount`;
      }
      const sentence = sentenceOf(becomes.sentence, isFrench);
      return screen.line.includes(sentence) ? undefined : `the line says “${screen.line}”`;
    };

  const nameOf = ({ becomes }: Code): string =>
    becomes.kind === 'refused' ? becomes.sentence : becomes.isSwiped ? 'swipe' : 'collector';
  const lastScanMs = new Map<Rig, number>();
  /** One of the serial scanners, when it has rested. */
  async function drawRig(): Promise<Rig> {
    const rig = draws.pick(rigs);
    await sleep(Math.max(0, (lastScanMs.get(rig) ?? 0) + SCANS_APART_MS - performance.now()));
    return rig;
  }
  async function send(rig: Rig, bytes: string, isPaced = false): Promise<void> {
    await (isPaced ? rig.writePaced(bytes, 9600) : rig.write(bytes));
    lastScanMs.set(rig, performance.now());
  }
  const bytesOf = ({ text }: Code): string =>
    draws.pick([`${text}\r`, `${text}\r\n`, `\u0002${text}\u0003`, `${text}\n`]);
  const burst = ({ text }: Code): Promise<unknown> => {
    const end: BurstEnd = draws.weighted([
      ['Enter', 6],
      ['Tab', 2],
      ['none', 1],
    ]);
    const prefix = wedge.mode === 'prefix' ? wedge.prefix : '';
    return hands.burst(prefix + text, () => draws.between(2, 18), end);
  };

  async function scanSerial(): Promise<void> {
    const code = drawCode(draws);
    const rig = await drawRig();
    isSent('serial');
    takeIn(code, 'serial');
    await send(rig, bytesOf(code), draws.chance(0.3));
    await must(`a serial scan (${nameOf(code)})`, landed(code));
  }

  async function scanAgain(): Promise<void> {
    const code = drawCollector(draws, false);
    const rig = await drawRig();
    isSent('serial', 1);
    takeIn(code, 'serial');
    const bytes = bytesOf(code);
    await send(rig, bytes + bytes);
    await must('a card held under the beam', landed(code));
  }

  async function scanByKeys(): Promise<void> {
    const code = drawCode(draws);
    isSent('wedge');
    takeIn(code, 'wedge');
    await burst(code);
    await must(`a burst of keys (${nameOf(code)})`, landed(code));
  }

  /** Whichever comes last stays; both must come, and neither may reach anything else. */
  async function scanTogether(): Promise<void> {
    const [serial, byKeys] = [drawCollector(draws), drawCollector(draws)];
    const rig = await drawRig();
    isSent('serial');
    isSent('wedge');
    await Promise.all([send(rig, bytesOf(serial)), burst(byKeys)]);
    const difference = await waitFor(() => undefined);
    const [first, last] = arrivals.newestBy() === 'serial' ? [byKeys, serial] : [serial, byKeys];
    takeIn(first, first === serial ? 'serial' : 'wedge');
    takeIn(last, last === serial ? 'serial' : 'wedge');
    await must('two scans at once', (screen) => difference ?? landed(last)(screen));
  }

  /** A scan lands while a person keys the amount. */
  async function keyThroughScan(): Promise<void> {
    const screen = await readScreen(page);
    if (screen.focus !== 'amount' || screen.caret !== 'end') return moveFocus('amount');
    const code = drawCollector(draws);
    const rig = await drawRig();
    isSent('serial');
    takeIn(code, 'serial');
    const digits = Array.from({ length: 3 }, () => String(draws.below(10)));
    const isFull = form.amount.length + digits.length > LONGEST_AMOUNT || form.amount.includes(decimalSign);
    const typing = isFull ? Promise.resolve() : keyIn(digits);
    await Promise.all([typing, send(rig, bytesOf(code), true)]);
    if (!isFull) form = { ...form, amount: form.amount + digits.join('') };
    await must('a scan while the amount is keyed', landed(code));
  }

  /** As a person: now and then two keys almost at once, never eight. */
  async function keyIn(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      // One key after the other.
      // oxlint-disable-next-line no-await-in-loop
      await Promise.all([
        hands.press(key),
        sleep(draws.chance(0.2) ? draws.between(25, 70) : draws.between(70, 200)),
      ]);
      done.keys += 1;
    }
  }

  async function type(): Promise<void> {
    const screen = await readScreen(page);
    const waiting = isWhole(form.collector) ? 'amount' : 'collector';
    const isInForm = screen.focus === 'collector' || screen.focus === 'amount';
    // A digit finds its field from anywhere but another field.
    const finds = screen.focus === '' && form[waiting] === '';
    if (!isInForm && !finds) return moveFocus();
    if (isInForm && screen.caret === 'elsewhere') await hands.press('End');
    let isReplacing = isInForm && screen.caret === 'all';
    let target = isInForm ? screen.focus : waiting;
    const keys: string[] = [];
    for (let left = draws.between(1, 6); left > 0; left -= 1) {
      const text = isReplacing ? '' : target === 'collector' ? form.collector : form.amount;
      const key = target === 'collector' ? collectorKey(text) : amountKey(text);
      isReplacing = false;
      keys.push(key);
      const next = key === 'Backspace' ? text.slice(0, -1) : text + key;
      if (target === 'amount') form = { ...form, amount: next };
      else {
        const wasWhole = isWhole(form.collector);
        form = { ...form, collector: next, entryMode: 'keyed' };
        if (wasWhole || !isWhole(next)) continue;
        target = 'amount';
        // Where its caret is then, only the page knows.
        if (form.amount !== '') break;
      }
    }
    await keyIn(keys);
    await must('typing');
  }

  function collectorKey(text: string): string {
    if (text.length >= LONGEST_COLLECTOR || (text !== '' && draws.chance(0.08))) return 'Backspace';
    if (!wanted.startsWith(text) || wanted.length === text.length) {
      wanted = text === '' ? makeCollectorNumber(draws.random) : '';
    }
    return wanted.charAt(text.length) || String(draws.below(10));
  }

  function amountKey(text: string): string {
    const isFull = text.length >= LONGEST_AMOUNT || /[.,]\d\d$/.test(text);
    if (isFull || (text !== '' && draws.chance(0.1))) return 'Backspace';
    const isDecimal = text !== '' && !text.includes(decimalSign) && draws.chance(0.2);
    return isDecimal ? decimalSign : String(draws.below(10));
  }

  async function moveFocus(to?: 'amount'): Promise<void> {
    done['focus moves'] += 1;
    const kind =
      to ?? draws.pick(['Tab', 'Tab', 'Shift+Tab', 'collector', 'amount', 'hst', 'elsewhere'] as const);
    if (kind === 'Tab' || kind === 'Shift+Tab') await hands.press('Tab', kind === 'Shift+Tab');
    else if (kind === 'elsewhere') await page.locator('.line').click({ position: { x: 5, y: 5 } });
    else await page.locator(`[data-field="${kind}"]`).click();
    await must(`a focus move (${kind})`);
    if (to !== undefined) await hands.press('End');
  }

  async function clear(): Promise<void> {
    done.keys += 1;
    form = emptyForm;
    wanted = '';
    await hands.press('F9');
    await must('F9', ({ focus }) => (focus === 'collector' ? undefined : `the focus is in “${focus}”`));
  }

  async function sell(): Promise<void> {
    const amountCents = centsTyped(form.amount) ?? 0;
    const isSellable = amountCents >= SELLABLE.fromCents && amountCents <= SELLABLE.toCents;
    if (!isSellable || !isWhole(form.collector)) return type();
    if ((await readScreen(page)).focus !== 'amount') return moveFocus('amount');
    done.sales += 1;
    sold.push({ ...form, amountCents });
    form = emptyForm;
    wanted = '';
    await hands.press('Enter');
    await must('Enter', (screen) => (screen.focus === 'collector' ? undefined : 'the sale is still there'));
  }

  const acts = [
    [scanSerial, 16],
    [scanByKeys, 20],
    [scanAgain, 2],
    [scanTogether, 3],
    [keyThroughScan, 4],
    [type, 22],
    [moveFocus, 22],
    [sell, 10],
    [clear, 2],
  ] as const;
  while (total() < options.actions) {
    // What was held back until now must not change what was right.
    // oxlint-disable-next-line no-await-in-loop
    await must('a while');
    // oxlint-disable-next-line no-await-in-loop
    await draws.weighted(acts)();
  }
  await must('everything');
  return { done, sent, sold, faults };
}
