import type { IssueReply, Sale } from './window.ts';
import type { PressPlan } from './plan.ts';

/** One press of Issue and what came of it at the counter. */
export interface Told {
  readonly life: number;
  /** True time, in milliseconds of this program's clock. */
  readonly pressedAtMs: number;
  readonly toldAtMs: number;
  readonly isSecondSale: boolean;
  readonly reply: IssueReply;
}

/** A sale a cashier made. */
export interface CashierSale {
  readonly saleKey: string;
  readonly plan: PressPlan;
  readonly collectorText: string;
  readonly told: Told[];
}

/** A sale as a screen showed it, and when. */
export interface Shown {
  readonly life: number;
  readonly atMs: number;
  readonly sale: Sale;
}

/** What everybody at the counter knows: who pressed what, what they were told, and what screens showed. */
export function createBook() {
  const sales = new Map<string, CashierSale>();
  /** The furthest every recorded sale came on any screen, by reference. */
  const shown = new Map<string, Shown>();
  const isFinal = (sale: Sale): boolean => sale.outcome !== 'stored';

  return {
    sales: (): readonly CashierSale[] => [...sales.values()],
    find: (saleKey: string): CashierSale | undefined => sales.get(saleKey),
    /** The sale under its key; the same one when it is pressed again. */
    open(plan: PressPlan, collectorText: string): CashierSale {
      const known = sales.get(plan.saleKey);
      if (known !== undefined) return known;
      const sale = { saleKey: plan.saleKey, plan, collectorText, told: [] };
      sales.set(plan.saleKey, sale);
      return sale;
    },
    show(next: Shown): void {
      const before = shown.get(next.sale.reference);
      if (before === undefined || isFinal(next.sale) || !isFinal(before.sale))
        shown.set(next.sale.reference, next);
    },
    shown: (): readonly Shown[] => [...shown.values()],
  };
}
export type Book = ReturnType<typeof createBook>;

export const wasToldRecorded = (sale: CashierSale): boolean =>
  sale.told.some(({ reply }) => reply.kind === 'recorded');

/** Every reference the terminal gave for a sale; more than one is a sale made twice. */
export function referencesOf(sale: CashierSale): string[] {
  const references = sale.told.flatMap(({ reply }) =>
    reply.kind === 'recorded' ? [reply.sale.reference] : [],
  );
  return [...new Set(references)];
}

/** Whether an answer says that nothing of this sale is kept and nothing of it will be sent. */
export const isNothingKept = ({ kind }: IssueReply): boolean =>
  ['refused', 'not-stored', 'already-done'].includes(kind);

/**
 * Whether a cashier was told, last of all, that nothing was kept. An earlier press without an answer changes nothing:
 * whoever says "not stored" has to know what that press became.
 */
export function wasToldNothingKept(sale: CashierSale): boolean {
  const last = sale.told.toSorted((left, right) => left.toldAtMs - right.toldAtMs).at(-1);
  return last !== undefined && isNothingKept(last.reply) && !wasToldRecorded(sale);
}
