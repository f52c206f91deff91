import { createElsewhereHandlers } from './board/elsewhere.ts';
import { createBoardHandlers } from './board/handlers.ts';
import type { Earning } from './checkout/earning.ts';
import type { IssueDependencies } from './checkout/issue.ts';
import type { RecentSales } from './checkout/recent-sales.ts';
import { createReturnsHandlers } from './checkout/returns/handlers.ts';
import { createOriginals } from './checkout/returns/originals.ts';
import type { CustomerViewKeeper } from './customer/customer-view.ts';
import type { Forwarder } from './forwarding/forwarder.ts';
import type { TransactionRow } from './journal/rows.ts';
import type { Operators } from './operators/operators.ts';
import type { AutomaticPrint } from './receipts/automatic.ts';
import type { Settings } from './settings/schema.ts';
import type { StatusKeeper } from './status.ts';
import type { Keying } from './updates/keying.ts';
import type { Uplink } from './uplink.ts';

/** What can be done about a sale once it is made: its return, a correction, the board; and of other terminals' sales. */
export function createAfterSale(given: {
  readonly issuing: IssueDependencies & { readonly earning: Earning };
  readonly settings: Settings;
  readonly client: Extract<Uplink, { kind: 'connected' }>['client'];
  readonly forwarder: Forwarder;
  readonly recentSales: RecentSales;
  readonly status: Pick<StatusKeeper, 'changed'>;
  readonly operators: Pick<Operators, 'authority'>;
  readonly customerView: CustomerViewKeeper;
  readonly automaticPrint: AutomaticPrint;
  readonly keying: Keying;
  readonly showRow: (row: TransactionRow) => void;
}) {
  const { issuing, settings, client, forwarder, recentSales, status, customerView, automaticPrint } = given;
  const { authority } = given.operators;
  const { sponsorCodes } = settings.airmiles;
  const { collectorNumber, transactionDayZone } = issuing.rules;
  return {
    ...createReturnsHandlers({
      ...issuing,
      originals: createOriginals({
        journal: issuing.journal,
        earning: issuing.earning,
        collectorNumber,
        view: (row) => recentSales.view(row),
      }),
      authority,
      forwarder,
      correctionMilesLimit: settings.sale.correctionMilesLimit,
      customerView,
      keying: given.keying,
      show: (row) => {
        given.showRow(row);
        automaticPrint.recorded(row, customerView.view().language);
        const sale = recentSales.view(row);
        customerView.returned(sale);
        return sale;
      },
    }),
    ...createElsewhereHandlers({
      client,
      forwarder,
      clock: issuing.clock,
      log: issuing.log,
      sponsorCodes,
      transactionDayZone,
      collectorNumber,
    }),
    ...createBoardHandlers({ ...issuing, authority, client, forwarder, recentSales, status, sponsorCodes }),
  };
}
