import type { Page } from '@playwright/test';
import { z } from 'zod';

const FromMain = z.looseObject({
  event: z.string().optional(),
  payload: z.unknown().optional(),
});
const ScanTold = z.looseObject({ kind: z.string(), code: z.string().optional() });
const ToMain = z.looseObject({ call: z.string().optional() });
const Counts = z.looseObject({
  devices: z.array(z.looseObject({ kind: z.string(), counts: z.record(z.string(), z.int()) })),
});

/** Listens to what passes between the window and main: every scan that was routed, and every read that was counted. */
export function arrivalsOn(page: Page) {
  const seen = { serial: 0, wedge: 0 };
  let newest = 'nothing';
  let newestBy: keyof typeof seen = 'serial';
  let counts: z.output<typeof Counts> | undefined;
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const { event, payload: told } = FromMain.parse(JSON.parse(String(payload)));
      if (event === 'scan') {
        seen.serial += 1;
        newestBy = 'serial';
        const { kind, code } = ScanTold.parse(told);
        newest = code ?? kind;
      }
      if (event === 'devices') counts = Counts.parse(told);
    });
    socket.on('framesent', ({ payload }) => {
      if (ToMain.parse(JSON.parse(String(payload))).call !== 'devices.wedgeRead') return;
      seen.wedge += 1;
      newestBy = 'wedge';
    });
  });
  return {
    seen: (): Readonly<typeof seen> => ({ ...seen }),
    /** Where the newest of all came from. */
    newestBy: (): keyof typeof seen => newestBy,
    /** What the newest serial scan was. */
    newest: (): string => newest,
    /** Reads that main counted, of serial devices and of keyboard scanners. */
    counted(): { readonly serial: number; readonly wedge: number } {
      const of = (kind: string): number =>
        (counts?.devices ?? [])
          .filter((device) => device.kind === kind)
          .flatMap((device) => Object.values(device.counts))
          .reduce((sum, count) => sum + count, 0);
      return { serial: of('scanner'), wedge: of('wedge') };
    },
  };
}
export type Arrivals = ReturnType<typeof arrivalsOn>;
