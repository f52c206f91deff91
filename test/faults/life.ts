import { setTimeout as delay } from 'node:timers/promises';
import { wasToldRecorded, type CashierSale } from './book.ts';
import { createDraws } from './draws.ts';
import { findUntrueRefusals, noteKept, observe } from './observe.ts';
import type { EndPlan, LifePlan, PressPlan } from './plan.ts';
import { collectorText, setClock, type Stage } from './stage.ts';
import { damageTail } from './tail-damage.ts';
import { launchTerminal, sitDown, type RunningTerminal } from './terminal-life.ts';
import { faultsOf, type Weather } from './weather.ts';

const ANSWER_LIMIT_MS = 3000;
const CREDIT_LIMIT_MS = 1500;
/** A cashier has a line of people: only so many sales are rung up a second time. */
const AGAIN_LIMIT = 12;

/** Waits, but not past the end of the life; false where that came first. */
async function pause(ms: number, over: AbortSignal): Promise<boolean> {
  try {
    await delay(ms, undefined, { signal: over });
    return true;
  } catch (error) {
    if (over.aborted) return false;
    throw error;
  }
}

const turn = (stage: Stage, weather: Weather): Promise<void> =>
  stage.farEnd.setFaults(faultsOf(weather, stage.plan.refusals === 'empty-answers'));

/** Presses Issue and keeps what the cashier was told. */
export async function press(
  stage: Stage,
  running: RunningTerminal,
  life: number,
  plan: PressPlan,
  isSecondSale = false,
): Promise<void> {
  const sale = stage.book.open(plan, collectorText(stage, plan.collector));
  const pressedAtMs = Date.now();
  const reply = await running.window.issue({
    saleKey: plan.saleKey,
    collectorText: sale.collectorText,
    entryMode: 'keyed',
    preTaxCents: plan.preTaxCents,
    taxes: { gst: 0, hst: plan.hstCents, pst: 0, qst: 0 },
    isSecondSale,
  });
  sale.told.push({ life, pressedAtMs, toldAtMs: Date.now(), isSecondSale, reply });
  if (reply.kind === 'already-done' && plan.meansSecondSale && !isSecondSale)
    await press(stage, running, life, plan, true);
}

function salesToPressAgain(stage: Stage, { again, seed }: LifePlan): CashierSale[] {
  const draws = createDraws(seed);
  return stage.book
    .sales()
    .slice(-60)
    .filter((sale) => {
      const isUnanswered = !wasToldRecorded(sale) && sale.told.at(-1)?.reply.kind === 'no-answer';
      return draws.chance(isUnanswered ? again.unanswered : again.answered);
    })
    .slice(-AGAIN_LIMIT);
}

/** Resolves when the moment of the plan's end has come. */
async function untilEnd(
  stage: Stage,
  end: Exclude<EndPlan, { kind: 'while-starting' }>,
  presses: readonly { readonly pressed: Promise<void>; readonly answered: Promise<void> }[],
  over: AbortSignal,
): Promise<void> {
  switch (end.kind) {
    case 'after-press':
      await presses[end.press]?.pressed;
      break;
    case 'after-answer':
      await Promise.race([presses[end.press]?.answered, pause(ANSWER_LIMIT_MS, over)]);
      break;
    case 'after-credit': {
      let bytes = stage.farEnd.ledgerBytes();
      let credits = 0;
      const limitMs = performance.now() + CREDIT_LIMIT_MS;
      while (credits < end.credits && performance.now() < limitMs && (await pause(1, over))) {
        const now = stage.farEnd.ledgerBytes();
        if (now > bytes) credits += 1;
        bytes = now;
      }
      break;
    }
    default:
  }
  await pause(end.afterMs, over);
}

/** Everything that happens while the terminal runs, until its end has come. */
async function play(stage: Stage, life: LifePlan, running: RunningTerminal): Promise<void> {
  if (life.end.kind === 'while-starting') return;
  const over = new AbortController();
  const at = async (atMs: number, action: () => void | Promise<void>): Promise<void> => {
    if (await pause(atMs, over.signal)) await action();
  };
  const presses = life.presses.map((plan) => {
    const pressed = Promise.withResolvers<void>();
    const answered = at(plan.atMs, async () => {
      const twin = plan.isTwin ? press(stage, running, life.number, plan) : undefined;
      const first = press(stage, running, life.number, plan);
      pressed.resolve();
      await Promise.all([first, twin]);
    });
    return { pressed: pressed.promise, answered };
  });
  const { nextWeather, clockJump, farEndRestartsAtMs, disk } = life;
  const others = [
    ...salesToPressAgain(stage, life).map(async (sale) => {
      const isSecondSale = sale.told.some((told) => told.isSecondSale);
      await press(stage, running, life.number, sale.plan, isSecondSale);
    }),
    nextWeather && at(nextWeather.atMs, () => turn(stage, nextWeather.weather)),
    clockJump && at(clockJump.atMs, () => setClock(stage, clockJump.clockMs)),
    farEndRestartsAtMs && at(farEndRestartsAtMs, () => stage.farEnd.restart()),
    disk.kind === 'full' && at(disk.fromMs, () => stage.smallDisk?.fill(disk.leaveBytes)),
    disk.kind === 'full' && at(disk.toMs, () => stage.smallDisk?.free()),
  ];
  let isEndOurs = false;
  const died = running.program.ended.then(() => {
    if (isEndOurs) return;
    stage.offences.push({
      kind: 'unexplained',
      what: `The terminal ended by itself\n${running.program.output()}`,
    });
  });
  await Promise.race([untilEnd(stage, life.end, presses, over.signal), died]);
  isEndOurs = true;

  if (life.end.kind === 'orderly') {
    stage.smallDisk?.free();
    const code = await running.program.stop();
    if (code !== 0)
      stage.offences.push({ kind: 'unexplained', what: `Asked to stop, the terminal ended with ${code}` });
  } else {
    await running.program.kill();
    stage.kills += 1;
  }
  over.abort();
  await running.window.close();
  await Promise.all([...presses.map(({ answered }) => answered), ...others]);
}

/** One life of the terminal: start, sales and faults, the end, and what the end leaves behind. */
export async function runLife(stage: Stage, life: LifePlan): Promise<void> {
  setClock(stage, life.clockMs);
  await turn(stage, life.weather);
  const program = launchTerminal(
    stage,
    life.disk.kind === 'reserve' || (life.disk.kind === 'full' && stage.smallDisk === undefined),
  );
  if (life.end.kind === 'while-starting') {
    await Promise.race([delay(life.end.afterMs), program.ended]);
    await program.kill();
    stage.kills += 1;
  } else {
    const running = await sitDown(stage, program, life.number);
    if (running === undefined)
      stage.offences.push({ kind: 'unexplained', what: `The terminal did not start\n${program.output()}` });
    else await play(stage, life, running);
  }
  stage.smallDisk?.free();
  findUntrueRefusals(stage, life.number);
  const evidence = observe(stage, life.number);
  const unsynced = damageTail(stage.dataFolder, life.damage, evidence, createDraws(life.seed + 1));
  if (life.damage !== 'none') stage.tails.damaged += 1;
  if (unsynced > 0) stage.tails.withUnsynced += 1;
  noteKept(stage, life.number);
}
