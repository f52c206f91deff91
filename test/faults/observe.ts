import { isNothingKept, referencesOf } from './book.ts';
import { readAsFound, type JournalReading } from './journal-reading.ts';
import type { Stage } from './stage.ts';
import type { Evidence } from './tail-damage.ts';

const finalStates: Readonly<Record<string, readonly string[]>> = {
  credited: ['credited'],
  accepted: ['accepted'],
  'needs-manager': ['needs-manager'],
};

/**
 * Looks at the journal of a terminal that just died, as its next start would find it: what was told in this life and
 * credited since the last look has to stand in it, and every credit has to be marked as possibly sent. Gives back the
 * same questions as evidence of what must not be taken away.
 */
export function observe(stage: Stage, life: number): Evidence {
  const credits = stage.farEnd.credits().slice(stage.checkedCredits);
  stage.checkedCredits += credits.length;
  const recorded = stage.book
    .sales()
    .flatMap((sale) => (sale.told.some((told) => told.life === life) ? referencesOf(sale) : []));
  const shown = stage.book.shown().filter((each) => each.life === life);

  const missing = (journal: JournalReading) =>
    recorded.filter((reference) => journal.byReference(reference) === undefined);
  const unmarked = (journal: JournalReading) =>
    credits.filter(
      ({ idempotencyKey }) => (journal.byIdempotencyKey(idempotencyKey)?.maybeSentAtMs ?? null) === null,
    );
  const forgotten = (journal: JournalReading) =>
    shown.filter(({ sale }) => {
      const row = journal.byReference(sale.reference);
      const wanted = finalStates[sale.outcome];
      return (
        row === undefined ||
        row.attempts < sale.attempts ||
        (wanted !== undefined && !wanted.includes(row.state))
      );
    });

  const hasJournal = readAsFound(stage.dataFolder, undefined, (journal) => {
    for (const reference of missing(journal))
      stage.offences.push({
        kind: 'lost',
        what: 'Told stored, and not in the journal after the kill',
        reference,
      });
    for (const { reference, idempotencyKey } of unmarked(journal)) {
      const isThere = journal.byIdempotencyKey(idempotencyKey) !== undefined;
      const what = isThere
        ? 'Credited, and the journal does not say that it may have been sent'
        : 'Credited under a key that the journal does not hold';
      stage.offences.push({ kind: 'unexplained', what, reference });
    }
    for (const { sale } of forgotten(journal))
      stage.offences.push({
        kind: 'unexplained',
        what: `Shown as ${sale.outcome} after ${sale.attempts} attempts, and the journal does not know`,
        reference: sale.reference,
      });
    return true;
  });
  if (hasJournal === undefined && recorded.length + credits.length > 0)
    stage.offences.push({ kind: 'lost', what: 'There are sales, and no journal' });

  return (journal) =>
    missing(journal).length === 0 && unmarked(journal).length === 0 && forgotten(journal).length === 0;
}

/**
 * Remembers which sales of this life are in the journal that the next one starts from. From then on it is untrue to
 * say that nothing of them is kept.
 */
export function noteKept(stage: Stage, life: number): void {
  // Those of the lives before too: what nobody saw and no later commit synced may be gone yet.
  const pressed = stage.book.sales().filter(({ told }) => told.some((each) => each.life > life - 4));
  readAsFound(stage.dataFolder, undefined, (journal) => {
    for (const { saleKey } of pressed) {
      if (journal.bySaleKey(saleKey) === undefined) stage.keptSince.delete(saleKey);
      else if (!stage.keptSince.has(saleKey)) stage.keptSince.set(saleKey, life);
    }
  });
}

/** Finds those who were told that nothing is kept of a sale that is. */
export function findUntrueRefusals(stage: Stage, life: number): void {
  for (const { saleKey, told } of stage.book.sales()) {
    for (const { life: toldIn, pressedAtMs, reply } of told) {
      if (toldIn !== life || !isNothingKept(reply)) continue;
      const since = stage.keptSince.get(saleKey);
      const wasToldBefore = told.some(
        (other) => other.reply.kind === 'recorded' && other.toldAtMs < pressedAtMs,
      );
      if (since === undefined && !wasToldBefore) continue;
      const known = since === undefined ? 'told stored before' : `in the journal since life ${since}`;
      stage.offences.push({
        kind: 'unexplained',
        what: `Told ${reply.kind} in life ${life}, and ${known}`,
        saleKey,
      });
    }
  }
}
