import type { CallName, Handlers } from '../../shared/contract/contract.ts';
import type { Language, Notice, Snapshot } from '../../shared/contract/views.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { builtInTaxTable, taxRatesOn } from '../../shared/domain/tax-table.ts';
import { transactionDayOf } from '../../shared/domain/transaction-day.ts';
import type { CustomerViewKeeper } from '../customer/customer-view.ts';
import type { Forwarder } from '../forwarding/forwarder.ts';
import type { Operators } from '../operators/operators.ts';
import type { AutomaticPrint } from '../receipts/automatic.ts';
import type { Settings } from '../settings/schema.ts';
import type { StatusKeeper } from '../status.ts';
import type { Drills } from '../training/drills.ts';
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
  readonly operators: Pick<Operators, 'view'>;
  readonly automaticPrint: AutomaticPrint;
  /** In memory: a terminal starts in its settings' language. */
  readonly preferences: { language: Language };
  readonly customerView: CustomerViewKeeper;
  readonly drills: Drills;
}

type CheckoutCall = Extract<CallName, `${'terminal' | 'forwarding' | 'preferences' | 'checkout'}.${string}`>;

/** Answers the calls of the terminal and its checkout. Inputs were parsed before they come here. */
export function createHandlers(dependencies: HandlersDependencies): Pick<Handlers, CheckoutCall> {
  const { settings, clock, draft, recentSales, status, forwarder, rules } = dependencies;
  const { environment, programme, store } = settings;
  const taxTable = { ...builtInTaxTable, ...settings.taxes };
  const { preferences, customerView } = dependencies;
  let notices = [...dependencies.notices];

  return {
    'terminal.snapshot': async (): Promise<Snapshot> => ({
      version: dependencies.version,
      environment,
      programme,
      store: {
        number: store.number,
        lane: store.lane,
        province: store.province,
        transactionDayZone: store.transactionDayZone,
      },
      language: preferences.language,
      collectorNumberRule: rules.collectorNumber,
      amountLimitCents: rules.amountLimitCents,
      asksExcluded: dependencies.earning?.kind === 'partner-calculated',
      screen: settings.screen,
      sounds: settings.sounds,
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
      operators: dependencies.operators.view(),
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
      preferences.language = input.language;
      customerView.languageChanged();
      return {};
    },
    'checkout.keep': (input) => {
      draft.keep(input.draft);
      customerView.keyed(input.draft);
      return {};
    },
    'checkout.clear': () => {
      customerView.cleared();
      return { draft: draft.clear() };
    },
    'checkout.preview': async (input) => {
      const preview = await dependencies.preview(input);
      if (preview.kind === 'earns') customerView.earns(preview.milesAmount);
      return preview;
    },
    'checkout.issue': async (input) => {
      const result = await issueMiles(input, dependencies);
      switch (result.kind) {
        case 'recorded': {
          const { row, isRepeat } = result;
          const nextDraft = draft.recorded(input.saleKey);
          if (!isRepeat) forwarder.sendFirst(row.seq);
          recentSales.changed(row.seq, row);
          status.changed();
          const sale = recentSales.view(row);
          if (!isRepeat) {
            dependencies.automaticPrint.recorded(row, customerView.view().language);
            customerView.recorded(sale);
            dependencies.drills.sale(sale);
          }
          return { kind: 'recorded', sale, isRepeat, nextDraft };
        }
        case 'already-done':
          return { kind: 'already-done', sale: recentSales.view(result.row) };
        case 'refused':
        case 'not-stored':
        case 'sign-in-needed':
          return result;
        default:
          return assertNever(result);
      }
    },
  };
}
