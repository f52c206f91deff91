import { wasToldNothingKept, wasToldRecorded, referencesOf, type CashierSale } from './book.ts';
import type { Credit } from './far-end.ts';
import type { JournalAttempt, JournalRow } from './journal-reading.ts';
import type { Offence, Stage } from './stage.ts';

/** The three books that have to agree: the cashiers', the terminal's journal, and the far end's ledger. */
export interface Books {
  readonly rows: readonly JournalRow[];
  readonly attempts: readonly JournalAttempt[];
  readonly credits: readonly Credit[];
}

const CENTS_PER_MILE = 2000;
const KEY_LIFETIME_MS = 24 * 3_600_000;
/** Answers that are about the connection or the terminal, and never a refusal of the sale. */
const notRefusals: ReadonlySet<number> = new Set([401, 403, 404, 405, 407, 408, 409, 425, 429]);

function groupBy<Value>(values: readonly Value[], key: (value: Value) => string): Map<string, Value[]> {
  return Map.groupBy(values, key);
}

/** Whether a sale waits for a manager for a reason that really happened. */
function hasTrueReason(row: JournalRow, attempts: readonly JournalAttempt[], jumpMs: number): boolean {
  const own = attempts.filter(({ seq }) => seq === row.seq);
  if (row.reason === 'rejected')
    return own.some(
      ({ status }) => status !== null && status >= 400 && status < 500 && !notRefusals.has(status),
    );
  // Only a clock that went further than the key lives makes a key of minutes ago look too old.
  if (row.reason === 'may-have-arrived')
    return row.maybeSentAtMs !== null && row.attempts >= 3 && jumpMs > KEY_LIFETIME_MS;
  return false;
}

/** The furthest apart the terminal's clock ever stood from itself. */
function widestJumpMs(stage: Stage): number {
  const shifts = stage.plan.lives.flatMap(({ clockMs, clockJump }) => [clockMs, clockJump?.clockMs ?? 0]);
  return Math.max(0, ...shifts) - Math.min(0, ...shifts);
}

/** Holds the three books against each other, once nothing is due any more. */
export function settleAccounts(stage: Stage, books: Books): Offence[] {
  const { rows, attempts, credits } = books;
  const offences: Offence[] = [];
  const bySaleKey = groupBy(rows, ({ saleKey }) => saleKey);
  const byReference = groupBy(rows, ({ reference }) => reference);
  const creditsByReference = groupBy(credits, ({ reference }) => reference);
  const jumpMs = widestJumpMs(stage);

  const check = (sale: CashierSale): void => {
    const own = bySaleKey.get(sale.saleKey) ?? [];
    const [row] = own;
    const { saleKey } = sale;
    const offend = (kind: Offence['kind'], what: string): void => {
      offences.push({ kind, what, saleKey, reference: row?.reference ?? referencesOf(sale)[0] });
    };
    const references = [...new Set([...referencesOf(sale), ...own.map(({ reference }) => reference)])];
    const credited = references.flatMap((reference) => creditsByReference.get(reference) ?? []);
    if (credited.length > 1) offend('doubled', `Credited ${credited.length} times`);
    if (references.length > 1) offend('unexplained', `One sale went under ${references.length} references`);
    if (wasToldNothingKept(sale) && (row !== undefined || credited.length > 0)) {
      const last = sale.told.at(-1)?.reply.kind;
      offend(
        'unexplained',
        `The last the cashier heard was ${last}, and it was ${credited.length > 0 ? 'credited' : 'kept'}`,
      );
    }
    for (const { reply } of sale.told) {
      if (reply.kind === 'failure' && reply.failure !== 'disconnected')
        offend('unexplained', `Pressing Issue failed: ${reply.failure}`);
      if (reply.kind === 'already-done' && !byReference.has(reply.sale.reference))
        offend('unexplained', 'Said to be done already as a sale that the journal does not hold');
    }
    if (row !== undefined) checkRow(row, sale, offend);
    if (!wasToldRecorded(sale) || credited.length > 0) {
      if (wasToldRecorded(sale) && row === undefined)
        offend('unexplained', 'Told stored and credited, and not in the journal');
      return;
    }
    if (row === undefined) offend('lost', 'Told stored, and neither in the journal nor credited');
    else if (row.state !== 'needs-manager')
      offend('lost', `Told stored, and never credited: ${row.state} for ever`);
    else if (!hasTrueReason(row, attempts, jumpMs))
      offend('lost', `Left to a manager for no true reason (${row.reason})`);
  };

  const checkRow = (
    row: JournalRow,
    sale: CashierSale,
    offend: (kind: Offence['kind'], what: string) => void,
  ): void => {
    const { plan } = sale;
    const isAsPressed =
      row.collectorNumber === sale.collectorText &&
      row.preTaxCents === plan.preTaxCents &&
      row.postTaxCents === plan.preTaxCents + plan.hstCents;
    if (!isAsPressed)
      offend('unexplained', 'The journal holds another Collector or other amounts than were pressed');
    const own = (creditsByReference.get(row.reference) ?? []).concat(
      credits.filter(
        (credit) => credit.idempotencyKey === row.idempotencyKey && credit.reference !== row.reference,
      ),
    );
    const [credit] = own;
    if (['due', 'cancelled', 'written-off'].includes(row.state))
      offend('unexplained', `Still ${row.state} at the end`);
    if (['credited', 'accepted'].includes(row.state) && credit === undefined)
      offend('unexplained', `${row.state} in the journal, and not in the ledger`);
    if (credit === undefined) return;
    if (row.maybeSentAtMs === null)
      offend('unexplained', 'Credited, and the journal does not say that it may have been sent');
    if (credit.idempotencyKey !== row.idempotencyKey || credit.reference !== row.reference)
      offend('unexplained', 'Credited under another key or reference than the journal holds');
    if (credit.collectorNumber !== row.collectorNumber)
      offend('unexplained', 'Credited to another Collector');
    if (credit.milesAmount !== Math.floor(row.preTaxCents / CENTS_PER_MILE))
      offend('unexplained', 'Other Miles than the sale earns');
    if (row.milesAmount !== null && row.milesAmount !== credit.milesAmount)
      offend('unexplained', `The journal says ${row.milesAmount} Miles and the ledger ${credit.milesAmount}`);
  };

  for (const sale of stage.book.sales()) check(sale);

  for (const [field, groups] of [
    ['Idempotency-Key', groupBy(credits, ({ idempotencyKey }) => idempotencyKey)],
    ['reference', creditsByReference],
  ] as const)
    for (const [, group] of groups)
      if (group.length > 1)
        offences.push({
          kind: 'doubled',
          what: `${group.length} credits for one ${field}`,
          reference: group[0]?.reference,
        });

  for (const row of rows)
    if (stage.book.find(row.saleKey) === undefined)
      offences.push({
        kind: 'unexplained',
        what: 'In the journal, and no cashier pressed it',
        reference: row.reference,
      });
  for (const { reference } of credits)
    if (!byReference.has(reference))
      offences.push({ kind: 'unexplained', what: 'In the ledger, and not in the journal', reference });

  for (const { sale } of stage.book.shown()) {
    const [credit] = creditsByReference.get(sale.reference) ?? [];
    const isShownDone = sale.outcome === 'credited' || sale.outcome === 'accepted';
    const isOtherMiles = sale.milesAmount !== undefined && sale.milesAmount !== credit?.milesAmount;
    if (isShownDone && (credit === undefined || isOtherMiles))
      offences.push({
        kind: 'unexplained',
        what: `Shown as ${sale.outcome}, which the ledger does not bear out`,
        reference: sale.reference,
      });
  }
  return offences;
}
