import type { Page } from '@playwright/test';

export interface Watched {
  /** From each key to the end of the frame that shows it, in milliseconds. */
  readonly reactionsMs: readonly number[];
  /** How many tasks kept the page longer than 50 ms. */
  readonly longTasks: number;
}

/** Begins to watch a page: runs in it, so that nothing between this program and the browser is measured. */
export async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = { reactionsMs: [] as number[], longTasks: 0 };
    Reflect.set(globalThis, 'milepostSeen', seen);
    new PerformanceObserver((list) => (seen.longTasks += list.getEntries().length)).observe({
      type: 'longtask',
    });
    const channel = new MessageChannel();
    const pressedAt: number[] = [];
    // A message sent in a frame is taken after that frame was painted.
    channel.port1.addEventListener('message', () => {
      const now = performance.now();
      for (const at of pressedAt.splice(0)) seen.reactionsMs.push(now - at);
    });
    channel.port1.start();
    window.addEventListener(
      'keydown',
      (event) => {
        pressedAt.push(event.timeStamp);
        requestAnimationFrame(() => channel.port2.postMessage(undefined));
      },
      true,
    );
  });
}

/** What was seen since; begins anew. */
export async function seenOn(page: Page): Promise<Watched> {
  return await page.evaluate(() => {
    const seen: Watched & { reactionsMs: number[]; longTasks: number } = Reflect.get(
      globalThis,
      'milepostSeen',
    );
    const copy = { reactionsMs: [...seen.reactionsMs], longTasks: seen.longTasks };
    seen.reactionsMs.length = 0;
    seen.longTasks = 0;
    return copy;
  });
}

/** The value that 95 in 100 are not above. */
export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)] ?? Number.NaN;
}
