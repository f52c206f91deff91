import { createEvents } from '../../../main/events.ts';
import { createOperators, type OperatorsOptions } from '../../../main/operators/operators.ts';
import type { OperatorsView } from '../../../shared/contract/operators.ts';
import { createManualClock } from '../../unit/manual-clock.ts';
import { createKeptLog } from '../hosts/scripted-terminal.ts';
import { openedJournal } from '../journal/support.ts';

/** No PIN of a test is worth a tenth of a second a guess. */
export const cheapPins = { logN: 4, r: 8, p: 1 };
export const ANA_PIN = '7391';
export const LUC_PIN = '8264';

type Changes = Partial<Pick<OperatorsOptions, 'mode' | 'autoLockMinutes' | 'peppers'>>;

/** The operators of a terminal over a real journal in `folder`, on a clock of the test's own. */
export async function openOperators(
  folder: string,
  { mode = 'managers', autoLockMinutes = 5, peppers = () => [] }: Changes = {},
  manual = createManualClock(),
) {
  const journal = await openedJournal(folder);
  const events = createEvents();
  const announced: OperatorsView[] = [];
  events.on((name, payload) => {
    if (name === 'operators') announced.push(payload as OperatorsView);
  });
  const kept = createKeptLog();
  const operators = await createOperators({
    journal,
    clock: manual.clock,
    events,
    log: kept.log,
    mode,
    autoLockMinutes,
    cost: cheapPins,
    peppers,
  });
  const { handlers } = operators;
  const lineOf = async (what: string) =>
    (await journal.lines(what, 50)).map(({ actor, detail }) => ({
      actor,
      detail: JSON.parse(detail) as object,
    }));
  return {
    ...manual,
    journal,
    operators,
    handlers,
    announced,
    logLines: kept.lines,
    /** The lines of the audit chain about one thing. */
    lineOf,
    idOf: (name: string): string => operators.view().operators.find((one) => one.name === name)?.id ?? '',
    authorize: operators.authority.authorize,
    /** Ana, the first manager; gives her approval. */
    async setUpAna(isSigningIn = false): Promise<string> {
      const reply = await handlers['operators.setUp']({ name: 'Ana', pin: ANA_PIN, isSigningIn });
      if (reply.kind !== 'set-up') throw new Error(`Not set up: ${reply.kind}`);
      return reply.approval;
    },
    async signIn(name: string, pin: string): Promise<string> {
      const operatorId = operators.view().operators.find((one) => one.name === name)?.id ?? '';
      return (await handlers['operators.signIn']({ operatorId, pin })).kind;
    },
    async approve(name: string, pin: string): Promise<string | undefined> {
      const operatorId = operators.view().operators.find((one) => one.name === name)?.id ?? '';
      const reply = await handlers['operators.approve']({ operatorId, pin });
      return reply.kind === 'approved' ? reply.approval : undefined;
    },
  };
}
export type TestOperators = Awaited<ReturnType<typeof openOperators>>;
