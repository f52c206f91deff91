import {
  reconciliationReasons,
  type Closing,
  type Difference,
  type Owed,
  type Reconciliation,
  type RepairKind,
} from '../../shared/contract/day.ts';
import { maskCollectorNumber } from '../../shared/domain/collector-number.ts';
import { takesBack } from '../../shared/domain/transaction-kind.ts';
import { isWithoutOriginal } from '../checkout/sale-view.ts';
import type { DifferenceKind, DifferenceRow, ReconciliationRow } from '../journal/day-rows.ts';
import type { TransactionRow } from '../journal/rows.ts';
import { statedIn } from './stated.ts';

const possible: Readonly<Record<DifferenceKind, readonly RepairKind[]>> = {
  'missing-there': ['send-again', 'park', 'note'],
  'missing-here': ['note'],
  different: ['take-theirs', 'note'],
  'not-asked': ['note'],
};

export function reconciliationView(
  row: ReconciliationRow,
  counts: ReadonlyArray<{ readonly count: number; readonly open: number }>,
): Reconciliation {
  const [word, detail = ''] = row.reason?.split('|') ?? [];
  const reason = reconciliationReasons.find((each) => each === word);
  const { id, day, startedAtMs, state, collectors, asked, matched, awaited, credited } = row;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    id,
    day,
    startedAtMs,
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(detail === '' ? {} : { reasonDetail: detail }),
    collectors,
    asked,
    matched,
    awaited,
    credited,
    differences: sum(counts.map(({ count }) => count)),
    open: sum(counts.map(({ open }) => open)),
  };
}

/** A difference as screens see it, its Collector Number masked. */
export function differenceView(row: DifferenceRow): Difference {
  const { id, kind, reference, milesHere, milesThere, detail, transactionKind, originalSeq } = row;
  const isKeyed = transactionKind !== null && isWithoutOriginal({ kind: transactionKind, originalSeq });
  const repairedAs = possible[kind].find((how) => how === row.repairedAs);
  return {
    id,
    kind,
    collectorMasked: maskCollectorNumber(row.collectorNumber),
    ...(reference === null ? {} : { reference }),
    ...(milesHere === null ? {} : { milesHere }),
    ...(milesThere === null ? {} : { milesThere }),
    ...(detail === null ? {} : { detail }),
    ...(isKeyed ? { isWithoutOriginal: true as const } : {}),
    repairs: row.repairedAs === null ? [...possible[kind]] : [],
    ...(repairedAs === undefined ? {} : { repairedAs }),
  };
}

/** What is owed as screens and reports name it. */
export function owedView(row: TransactionRow, request: Uint8Array | undefined): Owed {
  const sign = takesBack(row.kind) ? -1 : 1;
  const stated = request === undefined ? [] : statedIn(request).issuances;
  const miles =
    row.milesAmount ??
    (stated.length === 0 ? undefined : stated.reduce((sum, { milesAmount }) => sum + milesAmount, 0));
  const isAccepted = row.state === 'accepted';
  return {
    reference: row.reference,
    kind: row.kind,
    collectorMasked: maskCollectorNumber(row.collectorNumber),
    preTaxCents: row.preTaxCents === 0 ? 0 : sign * row.preTaxCents,
    ...(miles === undefined ? {} : { milesAmount: miles === 0 ? 0 : sign * miles }),
    outcome: isAccepted ? 'accepted' : row.state === 'needs-manager' ? 'needs-manager' : 'stored',
    ...(isAccepted || row.reason === null ? {} : { reason: row.reason }),
    ...(isWithoutOriginal(row) ? { isWithoutOriginal: true as const } : {}),
  };
}

/** Closings are lines of the audit chain, written and read by this program. */
export const closingName = ({ day }: Pick<Closing, 'day'>, number: number): string =>
  `day-${day}${number > 1 ? `-${number}` : ''}`;
