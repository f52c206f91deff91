import { maskCollectorNumber } from '../../shared/domain/collector-number.ts';
import { referencesOf } from './book.ts';
import type { Books } from './accounts.ts';
import type { JournalAuditLine } from './journal-reading.ts';
import type { Offence, Stage } from './stage.ts';

const time = (atMs: number): string => new Date(atMs).toISOString().slice(11, 23);

/** Everything anybody knows of the sale an offence is about, one line each, Collector Numbers masked. */
export function historyOf(
  stage: Stage,
  offence: Offence,
  { rows, attempts, credits }: Books,
  audit: readonly JournalAuditLine[],
): string[] {
  const sales = stage.book.sales().filter((sale) => {
    const row = rows.find(({ saleKey }) => saleKey === sale.saleKey);
    const references = [...referencesOf(sale), row?.reference];
    return (
      sale.saleKey === offence.saleKey ||
      (offence.reference !== undefined && references.includes(offence.reference))
    );
  });
  const keys = new Set([offence.saleKey, ...sales.map(({ saleKey }) => saleKey)]);
  const own = rows.filter(({ saleKey, reference }) => keys.has(saleKey) || reference === offence.reference);
  const seqs = new Set(own.map(({ seq }) => seq));
  const references = new Set([
    offence.reference,
    ...own.map(({ reference }) => reference),
    ...sales.flatMap(referencesOf),
  ]);
  const idempotencyKeys = new Set(own.map(({ idempotencyKey }) => idempotencyKey));

  const lines = [`${offence.kind}: ${offence.what}`, `chapter ${stage.plan.number}, ${stage.plan.disk} disk`];
  for (const { saleKey, plan, collectorText, told } of sales) {
    lines.push(
      `pressed ${saleKey}: ${plan.preTaxCents} cents for ${maskCollectorNumber(collectorText)} (${plan.collector.kind})`,
    );
    for (const { life, pressedAtMs, toldAtMs, isSecondSale, reply } of told) {
      const words =
        reply.kind === 'recorded'
          ? `${reply.kind}${reply.isRepeat ? ' before' : ''} as ${reply.sale.reference}, seq ${reply.sale.seq}`
          : reply.kind === 'already-done'
            ? `already done as ${reply.sale.reference}`
            : JSON.stringify(reply);
      const { end, weather, damage, clockMs } = stage.plan.lives[life] ?? {};
      const circumstances = `life ${life}: ${weather}, ends ${end?.kind}, then ${damage}, clock ${clockMs ?? 0} ms`;
      lines.push(
        `  told ${time(pressedAtMs)} to ${time(toldAtMs)} ${isSecondSale ? '(second sale) ' : ''}${words} [${circumstances}]`,
      );
    }
  }
  for (const row of own)
    lines.push(
      `journal ${JSON.stringify({ ...row, collectorNumber: maskCollectorNumber(row.collectorNumber) })}`,
    );
  for (const attempt of attempts)
    if (seqs.has(attempt.seq)) lines.push(`attempt ${time(attempt.startedAtMs)} ${JSON.stringify(attempt)}`);
  for (const line of audit)
    if (line.seq !== null && seqs.has(line.seq))
      lines.push(`audit ${time(line.atMs)} ${JSON.stringify(line)}`);
  for (const credit of credits) {
    if (!references.has(credit.reference) && !idempotencyKeys.has(credit.idempotencyKey)) continue;
    lines.push(
      `ledger ${time(credit.atMs)} ${JSON.stringify({ ...credit, collectorNumber: maskCollectorNumber(credit.collectorNumber) })}`,
    );
  }
  for (const { life, atMs, sale } of stage.book.shown()) {
    if (!references.has(sale.reference)) continue;
    lines.push(
      `shown ${time(atMs)} in life ${life}: ${sale.outcome} ${sale.reason ?? ''} ${sale.milesAmount ?? ''}`,
    );
  }
  return lines;
}
