import { z } from 'zod';
import type { StoryLine } from '../../shared/contract/board.ts';
import { printStates, printTroubles } from '../../shared/contract/receipts.ts';
import { closeReasons, outcomeReasons, outcomes } from '../../shared/domain/outcome.ts';
import { saleView } from '../checkout/sale-view.ts';
import type { JournalLine, Story, TransactionRow } from '../journal/rows.ts';
import { CHECKED } from './choices.ts';
import { detailsOf } from './details.ts';

const Code = z.enum([...outcomes, ...outcomeReasons]);
/** What the lines of the audit chain hold beside who and when; each line has some of it. */
const LineDetail = z.looseObject({
  why: z.string().optional(),
  /** Of a line that an attempt or a parking wrote; a person's has none. */
  code: z.string().optional(),
  reason: z.string().optional(),
  by: z.string().optional(),
  milesAmount: z.int().optional(),
  milesHere: z.int().nullable().optional(),
  milesThere: z.int().nullable().optional(),
  /** Of a print. */
  state: z.string().optional(),
  detail: z.string().optional(),
});

const ifKnown = (milesAmount: number | null | undefined) =>
  milesAmount === null || milesAmount === undefined ? {} : { milesAmount };

function fromLine(line: JournalLine, row: TransactionRow): StoryLine | undefined {
  const { what, atMs } = line;
  const detail = LineDetail.parse(JSON.parse(line.detail));
  const by = { atMs, ...(line.actor === null ? {} : { actor: line.actor }) };
  const why = detail.why === undefined || detail.why === '' ? {} : { why: detail.why };
  switch (what) {
    case 'stored': {
      const { correctsReference } = detailsOf(row);
      const inPlaceOf = correctsReference === undefined ? {} : { inPlaceOf: correctsReference };
      return { kind: 'stored', ...by, ...why, ...inPlaceOf };
    }
    case 'needs-manager':
      if (detail.code !== 'may-have-arrived') return undefined;
      // A person's line, from reconciling its day, says what either side has.
      return detail.milesThere === undefined
        ? { kind: 'parked', atMs }
        : { kind: 'parked', ...by, isMissingThere: true };
    case 'credited':
    case 'accepted':
      // An attempt's own line says the same; a person's finding has no other.
      return detail.code === undefined ? { kind: 'found', ...by, ...ifKnown(detail.milesAmount) } : undefined;
    case CHECKED:
      return { kind: 'checked', ...by };
    case 'sent-again':
      return { kind: 'sent-again', ...by };
    case 'cancelled':
    case 'written-off': {
      const closedAs = closeReasons.find((reason) => reason === detail.reason) ?? what;
      return {
        kind: 'closed',
        ...by,
        closedAs,
        ...why,
        ...(detail.by === undefined ? {} : { by: detail.by }),
      };
    }
    case 'print': {
      const state = printStates.find((one) => one === detail.state) ?? 'unknown';
      const trouble = printTroubles.find((one) => one === detail.detail);
      return { kind: 'print', atMs, state, ...(trouble === undefined ? {} : { trouble }) };
    }
    case 'miles-corrected': {
      const { milesHere = null, milesThere } = detail;
      return { kind: 'miles-taken-over', ...by, ...why, milesHere, milesThere: milesThere ?? 0 };
    }
    case 'difference-noted':
      return { kind: 'difference-noted', ...by, ...why };
    default:
      return { kind: 'other', ...by };
  }
}

/** What happened at the same moment, in the order in which one leads to the other. */
const order: Readonly<Record<StoryLine['kind'], number>> = {
  stored: 0,
  attempt: 1,
  parked: 2,
  checked: 3,
  'sent-again': 4,
  found: 5,
  'miles-taken-over': 6,
  'difference-noted': 7,
  returned: 8,
  closed: 9,
  print: 10,
  other: 11,
};

/** A transaction's whole life, in the order of time, from what the journal holds of it and of its returns. Pure. */
export function lifeOf({ row, attempts, lines }: Story, returns: readonly TransactionRow[]): StoryLine[] {
  const tried = attempts.map(({ startedAtMs, elapsedMs, status, code, detail }, index): StoryLine => ({
    kind: 'attempt',
    atMs: startedAtMs + elapsedMs,
    number: index + 1,
    elapsedMs,
    code: Code.parse(code),
    ...(status === null ? {} : { status }),
    ...(detail === null ? {} : { detail }),
  }));
  const told = lines.map((line) => fromLine(line, row)).filter((line) => line !== undefined);
  const returned = returns.map((one): StoryLine => {
    const { outcome, closedAs } = saleView(one, false, undefined);
    return {
      kind: 'returned',
      atMs: one.recordedAtMs,
      reference: one.reference,
      outcome: closedAs === undefined ? outcome : 'closed',
      ...ifKnown(one.milesAmount ?? detailsOf(one).milesAmount),
    };
  });
  return [...told, ...tried, ...returned].toSorted(
    (left, right) => left.atMs - right.atMs || order[left.kind] - order[right.kind],
  );
}
