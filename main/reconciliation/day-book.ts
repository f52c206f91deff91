import { Closing, type DayOverview, type Owed } from '../../shared/contract/day.ts';
import type { Language } from '../../shared/contract/views.ts';
import { dayFiguresOf, dayOffersOf } from '../../shared/domain/day-totals.ts';
import { transactionDayOf, type TransactionDayZone } from '../../shared/domain/transaction-day.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Journal } from '../journal/journal.ts';
import { owedView } from './views.ts';

export interface DayBookOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: TransactionDayZone;
}

export type Close =
  | { readonly kind: 'closed'; readonly closing: Closing }
  | { readonly kind: 'owed'; readonly count: number }
  | { readonly kind: 'already-closed' }
  | { readonly kind: 'not-begun' };

type Facts = Pick<DayOverview, 'figures' | 'offers' | 'owedCount' | 'owed' | 'earlierOwed'>;

/** As many as a person reads, and as a line of the audit chain should hold. */
const NAMED = 500;

const countIn = (figures: DayOverview['figures']): number =>
  figures.reduce((total, { count }) => total + count, 0);

/** What a Transaction Day came to, what of it is owed, and who signed it off. */
export function createDayBook({ journal, clock, log, zone }: DayBookOptions) {
  let closing: Promise<unknown> = Promise.resolve();

  async function factsOf(day: string): Promise<Facts> {
    const [summary, rows] = await Promise.all([journal.daySummary(day), journal.owedPage(day, 0, NAMED)]);
    const owed: Owed[] = [];
    for (const row of rows) owed.push(owedView(row, await journal.requestOf(row.seq)));
    const figures = dayFiguresOf(summary.totals);
    const owedCount = countIn(
      figures.filter(({ state }) => state === 'accepted' || state === 'stored' || state === 'parked'),
    );
    const { earlierOwed } = summary;
    return { figures, offers: dayOffersOf(summary.offers), owedCount, owed, earlierOwed };
  }

  /** The closings of a day, oldest first. */
  async function closingsOf(day: string): Promise<Closing[]> {
    const lines = await journal.closingsOf(day);
    return lines.map(({ detail }) => Closing.parse(JSON.parse(detail)));
  }

  async function closeNow(
    day: string,
    isKnowingly: boolean,
    language: Language,
    actor: string | null,
  ): Promise<Close> {
    const today = transactionDayOf(clock.nowMs(), zone);
    if (day > today) return { kind: 'not-begun' };
    const [facts, before] = await Promise.all([factsOf(day), closingsOf(day)]);
    const last = before.at(-1);
    // A day is closed again only for what came after: the totals it was signed off with stand.
    if (last !== undefined && countIn(last.figures) === countIn(facts.figures))
      return { kind: 'already-closed' };
    if (facts.owedCount > 0 && !isKnowingly) return { kind: 'owed', count: facts.owedCount };
    const signed: Closing = {
      day,
      closedAtMs: clock.nowMs(),
      closedBy: actor,
      language,
      isEarly: day === today,
      ...facts,
    };
    await journal.note({ seq: null, atMs: signed.closedAtMs, what: 'day-closed', actor, detail: signed });
    log.info('day-closed', { count: countIn(facts.figures) });
    return { kind: 'closed', closing: signed };
  }

  return {
    today: (): string => transactionDayOf(clock.nowMs(), zone),
    closingsOf,
    async overview(
      day: string,
    ): Promise<Facts & Pick<DayOverview, 'day' | 'isOver' | 'sinceClosing'> & { closing?: Closing }> {
      const [facts, closings] = await Promise.all([factsOf(day), closingsOf(day)]);
      const last = closings.at(-1);
      const sinceClosing = last === undefined ? 0 : countIn(facts.figures) - countIn(last.figures);
      return {
        day,
        isOver: day < transactionDayOf(clock.nowMs(), zone),
        ...facts,
        ...(last === undefined ? {} : { closing: last }),
        sinceClosing: Math.max(0, sinceClosing),
      };
    },
    /** Days with something recorded, newest first, and whether they are closed; today is always among them. */
    async list(limit: number): Promise<{ day: string; count: number; isClosed: boolean }[]> {
      const today = transactionDayOf(clock.nowMs(), zone);
      const known = await journal.days(limit);
      const days = known.some(({ day }) => day === today) ? known : [{ day: today, count: 0 }, ...known];
      return await Promise.all(
        days.map(async (entry) => ({ ...entry, isClosed: (await journal.closingsOf(entry.day)).length > 0 })),
      );
    },
    /** Signs a day off, one at a time: of two presses, one closes. */
    close(day: string, isKnowingly: boolean, language: Language, actor: string | null): Promise<Close> {
      const result = closing.then(() => closeNow(day, isKnowingly, language, actor));
      closing = result.catch(() => undefined);
      return result;
    },
  };
}
export type DayBook = ReturnType<typeof createDayBook>;
