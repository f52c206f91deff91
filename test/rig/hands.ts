import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { strokesOf, systemKeys, type BoardName, type SystemKey } from './keyboards.ts';

/** The system's board, and the one that a keyboard scanner was programmed for. */
export interface Desk {
  readonly system: BoardName;
  readonly scanner: BoardName;
}

/** What ends a burst, if anything does. */
export type BurstEnd = 'Enter' | 'Tab' | 'none';

/** Windows' numbers of keys, by what is printed on a US board: on them a browser tells a full stop from Delete. */
const virtualKeys: Readonly<Record<string, number>> = {
  Backspace: 8,
  Tab: 9,
  Enter: 13,
  ShiftLeft: 16,
  Escape: 27,
  Space: 32,
  End: 35,
  F9: 120,
  Semicolon: 186,
  Equal: 187,
  Comma: 188,
  Minus: 189,
  Period: 190,
  Slash: 191,
  Backquote: 192,
  BracketLeft: 219,
  Backslash: 220,
  BracketRight: 221,
  Quote: 222,
  IntlBackslash: 226,
};
const SHIFT = 8;
/** Nobody's scanner begins right behind a person's key, and no person's key comes right behind a scan. */
const APART_MS = 120;

/**
 * Keys as a system gives them to a browser, each with the time at which it was pressed: a person's, and those of a scanner
 * that acts as a keyboard.
 */
export async function handsOn(page: Page, { system, scanner }: Desk) {
  let lastMs = 0;
  let scannedMs = 0;
  const session = await page.context().newCDPSession(page);

  /** Resolves when the page has had the key. */
  async function send(name: string, code: string, text: string, isShifted: boolean, atMs: number) {
    const key = {
      key: name,
      code,
      modifiers: isShifted ? SHIFT : 0,
      windowsVirtualKeyCode: virtualKeys[code] ?? code.charCodeAt(code.length - 1),
    };
    const timestamp = atMs / 1000;
    const down = { type: text === '' ? 'rawKeyDown' : 'keyDown', text, unmodifiedText: text } as const;
    await Promise.all([
      session.send('Input.dispatchKeyEvent', { ...key, ...down, timestamp }),
      session.send('Input.dispatchKeyEvent', { ...key, type: 'keyUp', timestamp: timestamp + 0.001 }),
    ]);
  }

  function sendKey({ key, code, text, isShifted }: SystemKey, atMs: number): Promise<unknown> {
    const shift = isShifted ? [send('Shift', 'ShiftLeft', '', false, atMs - 0.5)] : [];
    return Promise.all([...shift, send(key, code, text, isShifted, atMs)]);
  }

  return {
    /** A person's key, by its name or the character it writes. */
    async press(name: string, isShifted = false): Promise<void> {
      await sleep(Math.max(0, scannedMs + APART_MS - Date.now()));
      const atMs = Date.now();
      lastMs = Math.max(lastMs, atMs);
      if (name.length > 1) {
        await send(name, name, name === 'Enter' ? '\r' : '', isShifted, atMs);
        return;
      }
      const [key] = systemKeys(strokesOf(name, system), system);
      if (key === undefined) throw new Error(`No key for ${name}`);
      await sendKey(key, atMs);
    },
    /**
     * A scanner's burst. It may come late and all at once, as it does in a busy window: what tells is when each key
     * was pressed.
     */
    async burst(text: string, gapMs: () => number, end: BurstEnd = 'Enter'): Promise<void> {
      const keys = systemKeys(strokesOf(text, scanner), system);
      const gaps = [...keys, end].map(() => gapMs());
      const lengthMs = gaps.reduce((sum, gap) => sum + gap, 0);
      await sleep(Math.max(0, lastMs + APART_MS + lengthMs - Date.now()));
      let atMs = Date.now() - lengthMs;
      const times = gaps.map((gap) => (atMs += gap));
      const sent = keys.map((key, index) => sendKey(key, times[index] ?? atMs));
      if (end === 'Enter') sent.push(send('Enter', 'Enter', '\r', false, atMs));
      if (end === 'Tab') sent.push(send('Tab', 'Tab', '', false, atMs));
      lastMs = atMs;
      scannedMs = atMs;
      await Promise.all(sent);
    },
  };
}
