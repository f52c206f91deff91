import type { boardCalls, OpenOutcome } from '../../shared/contract/board.ts';
import { openOutcomes } from '../../shared/domain/outcome.ts';
import type { Handlers } from '../../shared/contract/contract.ts';
import type { Sale } from '../../shared/contract/views.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { readReference } from '../../shared/domain/receipt-code.ts';
import type { IssueDependencies } from '../checkout/issue.ts';
import type { RecentSales } from '../checkout/recent-sales.ts';
import type { Forwarder } from '../forwarding/forwarder.ts';
import type { DecisionResult } from '../journal/decisions.ts';
import type { Decision, OpenState, Story, TransactionRow } from '../journal/rows.ts';
import type { Authority } from '../operators/authority.ts';
import type { StatusKeeper } from '../status.ts';
import { checkWithHistory, type CheckDependencies } from './check.ts';
import { CHECKED, choicesOf } from './choices.ts';
import { prepareCorrection } from './correct.ts';
import { detailsOf } from './details.ts';
import { lifeOf } from './life.ts';

export interface BoardDependencies extends IssueDependencies {
  readonly authority: Authority;
  readonly client: CheckDependencies['client'];
  readonly forwarder: Pick<Forwarder, 'withTurn' | 'sendFirst' | 'isSending'>;
  readonly recentSales: RecentSales;
  readonly status: Pick<StatusKeeper, 'changed'>;
  readonly sponsorCodes: readonly string[];
}

type BoardHandlers = Pick<Handlers, keyof typeof boardCalls>;

const stateOf: Readonly<Record<OpenOutcome, OpenState>> = {
  stored: 'due',
  'needs-manager': 'needs-manager',
  accepted: 'accepted',
};

const notPossible = { kind: 'not-possible' } as const;

/** Answers what managers ask of what is not final, and carries out what they decide. */
export function createBoardHandlers(dependencies: BoardDependencies): BoardHandlers {
  const { journal, clock, log, rules, authority, forwarder, recentSales, status, sponsorCodes } =
    dependencies;
  const { transactionDayZone } = rules;
  const checking = { ...dependencies, transactionDayZone };

  /** With the Miles the partner computed, where no answer has told any yet. */
  const view = (row: TransactionRow): Sale => {
    const milesAmount = row.milesAmount ?? detailsOf(row).milesAmount;
    return { ...recentSales.view(row), ...(milesAmount === undefined ? {} : { milesAmount }) };
  };
  /** The strip and the status change at once, with whatever hung on the transaction. */
  async function announce(row: TransactionRow): Promise<void> {
    recentSales.changed(row.seq, row);
    for (const one of await journal.returnsOf(row.seq)) recentSales.changed(one.seq, one);
    status.changed();
  }
  const decisionOf = (actor: string | null, why: string): Decision => ({ atMs: clock.nowMs(), actor, why });

  async function decide(
    what: string,
    approval: string | undefined,
    act: (actor: string | null) => Promise<DecisionResult>,
  ) {
    const authorized = authority.authorize('manager', approval);
    if (authorized.kind === 'approval-needed') return authorized;
    const result = await act(authorized.actor);
    const { seq, reference } = result.row;
    log.info('decision-made', { code: what, kind: result.kind, seq, reference });
    await announce(result.row);
    return result.kind === 'done' ? ({ kind: 'done' } as const) : notPossible;
  }
  async function choices(story: Story): Promise<ReturnType<typeof choicesOf>> {
    const { seq } = story.row;
    const returns = await journal.returnsOf(seq);
    return choicesOf(story, {
      nowMs: clock.nowMs(),
      isSending: forwarder.isSending(seq),
      hasOpenReturns: returns.some(({ state }) => state === 'due' || state === 'needs-manager'),
      canCheck: sponsorCodes.length > 0,
    });
  }

  return {
    'board.page': async ({ outcomes, search, offset, limit }) => {
      const asked = outcomes.length === 0 ? openOutcomes : outcomes;
      const states = [...new Set(asked.map((outcome) => stateOf[outcome]))];
      const text = readReference(search) ?? search.replaceAll(/[\s\u00a0\u202f]/g, '');
      const page = await journal.openPage({ states, search: text, offset, limit });
      const { due, 'needs-manager': needsManager, accepted } = page.counts;
      const counts = { stored: due, 'needs-manager': needsManager, accepted };
      return { rows: page.rows.map(view), counts, total: page.total };
    },

    'board.story': async ({ seq }) => {
      const story = await journal.story(seq);
      if (story === undefined) return { kind: 'unknown' };
      const { row } = story;
      const returns = await journal.returnsOf(seq);
      const original = row.originalSeq === null ? undefined : await journal.row(row.originalSeq);
      const { taxes, excludedCents } = detailsOf(row);
      return {
        kind: 'story',
        sale: view(row),
        ...(original === undefined ? {} : { originalReference: original.reference }),
        taxes,
        excludedCents,
        lines: lifeOf(story, returns),
        decisions: await choices(story),
        isCheckOff: sponsorCodes.length === 0,
      };
    },

    'board.correct': async (input) => {
      const row = (await journal.story(input.seq))?.row;
      if (row === undefined || (row.kind !== 'issue' && row.kind !== 'post')) return notPossible;
      const prepared = prepareCorrection(row, input, dependencies);
      if (prepared.kind === 'refused') return prepared;
      const authorized = authority.authorize('manager', input.approval);
      if (authorized.kind === 'approval-needed') return authorized;
      const { actor } = authorized;
      const guards = {
        dueLimit: rules.storedLimit,
        equalSinceMs: undefined,
        by: { actor, why: input.why },
      };
      const decision = decisionOf(actor, input.why);
      const result = await journal.correct(input.seq, prepared.transaction, guards, decision);
      log.info('correction-ended', { kind: result.kind, seq: row.seq, reference: row.reference });
      switch (result.kind) {
        case 'recorded':
          if (!result.isRepeat) forwarder.sendFirst(result.row.seq);
          await announce(await journal.row(input.seq));
          await announce(result.row);
          return { kind: 'recorded', sale: view(result.row) };
        case 'not-stored':
          return result;
        case 'already-done':
        case 'not-possible':
          await announce(await journal.row(input.seq));
          return notPossible;
        default:
          return assertNever(result);
      }
    },

    'board.check': async ({ seq, approval }) => {
      const row = (await journal.story(seq))?.row;
      if (row === undefined || (row.state !== 'needs-manager' && row.state !== 'accepted'))
        return notPossible;
      const authorized = authority.authorize('manager', approval);
      if (authorized.kind === 'approval-needed') return authorized;
      const { actor } = authorized;
      const result = await checkWithHistory(row, checking);
      log.info('history-checked', { kind: result.kind, seq, reference: row.reference });
      switch (result.kind) {
        case 'found': {
          const { milesAmount } = result;
          const decided = await journal.foundCredited(seq, milesAmount, decisionOf(actor, ''));
          await announce(decided.row);
          if (decided.kind === 'not-possible') return notPossible;
          return { kind: 'found', ...(milesAmount === undefined ? {} : { milesAmount }) };
        }
        case 'not-found': {
          await journal.note({ seq, atMs: clock.nowMs(), what: CHECKED, actor, detail: {} });
          await announce(row);
          return { kind: 'not-found' };
        }
        case 'unavailable': {
          const { trouble, detail } = result;
          return { kind: 'unavailable', trouble, ...(detail === undefined ? {} : { detail }) };
        }
        default:
          return assertNever(result);
      }
    },

    'board.sendAgain': async ({ seq, approval }) => {
      const story = await journal.story(seq);
      if (story === undefined || !(await choices(story)).includes('send-again')) return notPossible;
      const reply = await decide('send-again', approval, (actor) =>
        journal.sendAgain(seq, decisionOf(actor, '')),
      );
      if (reply.kind === 'done') forwarder.sendFirst(seq);
      return reply;
    },

    'board.sendNow': async ({ seq }) => {
      const story = await journal.story(seq);
      if (story?.row.state !== 'due') return notPossible;
      forwarder.sendFirst(seq);
      return { kind: 'done' };
    },

    'board.writeOff': ({ seq, why, approval }) =>
      decide('write-off', approval, (actor) => journal.writeOff(seq, decisionOf(actor, why))),

    'board.cancel': ({ seq, why, approval }) =>
      decide('cancel', approval, async (actor) => {
        const decision = decisionOf(actor, why);
        const row = await journal.row(seq);
        // The journal would also take back what was refused; here that is written off, with a reason.
        if (row.state !== 'due') return { kind: 'not-possible', row };
        return await journal.cancel(seq, 'cancelled', decision);
      }),
  };
}
