import type { Page } from '@playwright/test';

/** A quick hand: a key every 60 ms. */
const KEY_EVERY_MS = 60;

/** One sale as it was played: in milliseconds, and in what the hand did. */
export interface Played {
  readonly scanToOutcomeMs: number;
  readonly enterToOutcomeMs: number;
  /** From Enter until the next customer's card can be read. */
  readonly enterToNextMs: number;
  readonly keys: number;
  readonly clicks: number;
}

/** Where a page shows what is waited for. */
export interface Places {
  /** The field that holds the card's number, and is empty again once the next sale can begin. */
  readonly collector: string;
  /** What says that a sale is credited, and of which amount. */
  readonly credited: string;
}

interface Seen {
  amount: string;
  keys: number;
  clicks: number;
  enterAtMs: number;
  outcomeAtMs: number;
  nextAtMs: number;
}

const nothingSeen: Seen = { amount: '', keys: 0, clicks: 0, enterAtMs: 0, outcomeAtMs: 0, nextAtMs: 0 };

/** Begins to watch a page: each key and click, and the frame that first shows an outcome or the empty field. */
export async function watchSales(page: Page, places: Places): Promise<void> {
  await page.evaluate(
    ({ wanted, start }) => {
      const now = (): number => performance.timeOrigin + performance.now();
      const seen = { ...start };
      Reflect.set(globalThis, 'milepostSale', seen);
      const onKey = (event: KeyboardEvent): void => {
        seen.keys += 1;
        if (event.key === 'Enter') seen.enterAtMs = now();
      };
      document.addEventListener('keydown', onKey, true);
      document.addEventListener('pointerdown', () => (seen.clicks += 1), true);
      const look = (): void => {
        requestAnimationFrame(look);
        if (seen.enterAtMs === 0) return;
        const field = document.querySelector<HTMLInputElement>(wanted.collector);
        if (seen.nextAtMs === 0 && field?.value === '') seen.nextAtMs = now();
        const outcome = document.querySelector(wanted.credited)?.textContent ?? '';
        if (seen.outcomeAtMs === 0 && outcome.includes(seen.amount)) seen.outcomeAtMs = now();
      };
      requestAnimationFrame(look);
    },
    { wanted: places, start: nothingSeen },
  );
}

/**
 * Plays scan → amount → Enter on a page that is watched. `scan` puts the card in and resolves once the hand may go on;
 * `amount` has not been sold for before.
 */
export async function playSale(page: Page, scan: () => Promise<void>, amount: string): Promise<Played> {
  await page.bringToFront();
  await page.evaluate((start) => void Object.assign(Reflect.get(globalThis, 'milepostSale') as Seen, start), {
    ...nothingSeen,
    amount: `$${amount}`,
  });
  const scanAtMs = performance.timeOrigin + performance.now();
  await scan();
  await page.keyboard.type(amount, { delay: KEY_EVERY_MS });
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => {
    const seen = Reflect.get(globalThis, 'milepostSale') as Seen;
    return seen.outcomeAtMs > 0 && seen.nextAtMs > 0;
  });
  const seen = await page.evaluate(() => Reflect.get(globalThis, 'milepostSale') as Seen);
  return {
    scanToOutcomeMs: seen.outcomeAtMs - scanAtMs,
    enterToOutcomeMs: seen.outcomeAtMs - seen.enterAtMs,
    enterToNextMs: seen.nextAtMs - seen.enterAtMs,
    keys: seen.keys,
    clicks: seen.clicks,
  };
}
