import type { Original } from '../../../shared/contract/returns.ts';
import type { Sale } from '../../../shared/contract/views.ts';
import { readCollectorNumber, type CollectorNumberRule } from '../../../shared/domain/collector-number.ts';
import { readReference } from '../../../shared/domain/receipt-code.ts';
import type { Journal } from '../../journal/journal.ts';
import type { TransactionRow } from '../../journal/rows.ts';
import type { Earning } from '../earning.ts';
import { offersOf } from './miles-back.ts';
import { returnableOf, totalOf, type Returnable } from './returnable.ts';

/** As many of a Collector's sales as are shown to choose from. */
const MOST_FOUND = 20;

export interface OriginalsDependencies {
  readonly journal: Journal;
  readonly earning: Earning;
  readonly collectorNumber: CollectorNumberRule;
  readonly view: (row: TransactionRow) => Sale;
}

const isSale = ({ kind }: TransactionRow): boolean => kind === 'issue' || kind === 'post';

/** Finds sales to return, whatever became of them: credited, still stored, parked, of another day. */
export function createOriginals({ journal, earning, collectorNumber, view }: OriginalsDependencies) {
  const hindranceOf = async (returnable: Returnable): Promise<Original['hindrance']> => {
    const { row, left } = returnable;
    if (row.closedAs !== null) return 'closed';
    if (totalOf(left) === 0) return 'nothing-left';
    if (row.kind !== 'post') return undefined;
    const isKnown =
      earning.kind === 'partner-calculated' && (await offersOf(returnable, journal, earning)) !== undefined;
    return isKnown ? undefined : 'no-offer-table';
  };

  const read = async (row: TransactionRow): Promise<Returnable> =>
    returnableOf(row, await journal.returnsOf(row.seq));

  const viewOf = async (returnable: Returnable): Promise<Original> => {
    const { row, sold, returned, left, details, returns } = returnable;
    const milesAmount = details.milesAmount ?? row.milesAmount ?? undefined;
    const hindrance = await hindranceOf(returnable);
    const part = (name: Original['parts'][number]['part'], of: 'eligibleCents' | 'excludedCents') => ({
      part: name,
      soldCents: sold[of],
      returnedCents: returned[of],
      leftCents: left[of],
    });
    return {
      sale: view(row),
      parts: [
        part('eligible', 'eligibleCents'),
        ...(sold.excludedCents === 0 ? [] : [part('excluded', 'excludedCents')]),
      ],
      ...(milesAmount === undefined ? {} : { milesAmount }),
      milesReturned: returnable.milesReturned,
      returns: returns.map(view),
      ...(hindrance === undefined ? {} : { hindrance }),
      isUnsent: row.state === 'due' && row.maybeSentAtMs === null && returns.length === 0,
    };
  };
  const viewsOf = async (rows: readonly TransactionRow[]): Promise<Original[]> =>
    Promise.all(rows.map(async (row) => viewOf(await read(row))));

  return {
    read,
    viewOf,
    /** A sale by its number; undefined where it is no sale. */
    async bySeq(seq: number): Promise<Returnable | undefined> {
      const story = await journal.story(seq);
      return story !== undefined && isSale(story.row) ? read(story.row) : undefined;
    },
    /** `undefined`: the text is no reference. A return's own reference leads to its sale. */
    async byReference(text: string): Promise<Original[] | undefined> {
      const reference = readReference(text);
      if (reference === undefined) return undefined;
      const row = await journal.byReference(reference);
      if (row === undefined) return [];
      const sale = row.originalSeq === null ? row : await journal.row(row.originalSeq);
      return isSale(sale) ? viewsOf([sale]) : [];
    },
    /** `undefined`: the text is no Collector Number. */
    async byCollector(text: string, transactionDay: string | undefined): Promise<Original[] | undefined> {
      const reading = readCollectorNumber(text, collectorNumber);
      if (reading.kind !== 'valid') return undefined;
      return viewsOf(await journal.salesOf(reading.collectorNumber, transactionDay, MOST_FOUND));
    },
  };
}
export type Originals = ReturnType<typeof createOriginals>;
