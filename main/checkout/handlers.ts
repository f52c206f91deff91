import type { Handlers } from '../../shared/contract/contract.ts';
import type { Language, Notice, Snapshot } from '../../shared/contract/views.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { builtInTaxTable, taxRatesOn } from '../../shared/domain/tax.ts';
import { transactionDayOf } from '../../shared/domain/transaction-day.ts';
import type { createDeviceHandlers } from '../devices/handlers.ts';
import type { Forwarder } from '../forwarding/forwarder.ts';
import type { Settings } from '../settings/schema.ts';
import type { StatusKeeper } from '../status.ts';
import type { createDraftKeeper } from './draft.ts';
import { issueMiles, type IssueDependencies } from './issue.ts';
import type { createPreview } from './preview.ts';
import type { RecentSales } from './recent-sales.ts';

export interface HandlersDependencies extends IssueDependencies {
  readonly version: string;
  readonly settings: Settings;
  readonly notices: readonly Notice[];
  readonly practiceCollectors: readonly string[];
  readonly draft: ReturnType<typeof createDraftKeeper>;
  readonly preview: ReturnType<typeof createPreview>;
  readonly recentSales: RecentSales;
  readonly status: StatusKeeper;
  readonly forwarder: Forwarder;
  readonly devices: ReturnType<typeof createDeviceHandlers>;
}

/** Answers every call of the contract. Inputs were parsed before they come here. */
export function createHandlers(dependencies: HandlersDependencies): Handlers {
  const { settings, clock, draft, recentSales, status, forwarder, rules } = dependencies;
  const { environment, programme, store } = settings;
  const taxTable = { ...builtInTaxTable, ...settings.taxes };
  let language: Language = settings.language;
  let notices = [...dependencies.notices];

  return {
    ...dependencies.devices,
    'terminal.snapshot': async (): Promise<Snapshot> => ({
      version: dependencies.version,
      environment,
      programme,
      store: { number: store.number, lane: store.lane, province: store.province },
      language,
      collectorNumberRule: rules.collectorNumber,
      amountLimitCents: rules.amountLimitCents,
      asksExcluded: dependencies.earning?.kind === 'partner-calculated',
      taxRates: taxRatesOn(
        taxTable,
        store.province,
        transactionDayOf(clock.nowMs(), store.transactionDayZone),
      ),
      draft: draft.current(),
      recentSales: recentSales.list(),
      practiceCollectors: [...dependencies.practiceCollectors],
      status: await status.read(),
      notices,
    }),
    'terminal.dismissNotice': ({ id }) => {
      notices = notices.filter((notice) => notice.id !== id);
      return {};
    },
    'forwarding.sendNow': async () => {
      await forwarder.sendNow();
      return {};
    },
    'preferences.setLanguage': (input) => {
      language = input.language;
      return {};
    },
    'checkout.keep': (input) => {
      draft.keep(input.draft);
      return {};
    },
    'checkout.clear': () => ({ draft: draft.clear() }),
    'checkout.preview': (input) => dependencies.preview(input),
    'checkout.issue': async (input) => {
      const result = await issueMiles(input, dependencies);
      switch (result.kind) {
        case 'recorded': {
          const { row, isRepeat } = result;
          const nextDraft = draft.recorded(input.saleKey);
          if (!isRepeat) forwarder.sendFirst(row.seq);
          recentSales.changed(row.seq, row);
          status.changed();
          return { kind: 'recorded', sale: recentSales.view(row), isRepeat, nextDraft };
        }
        case 'already-done':
          return { kind: 'already-done', sale: recentSales.view(result.row) };
        case 'refused':
        case 'not-stored':
          return result;
        default:
          return assertNever(result);
      }
    },
  };
}
