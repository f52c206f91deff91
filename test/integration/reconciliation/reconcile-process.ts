import { createIssuanceClient } from '../../../main/airmiles/client.ts';
import { createLog } from '../../../main/diagnostics/log.ts';
import { openJournal } from '../../../main/journal/journal.ts';
import { PLANTED_DAY, reconcilerOver } from '../../bench/reconcile/planted.ts';

/** Reconciles slowly and says how far it is, until it is killed. Where to ask comes as JSON in the first argument. */
const [words = '{}'] = process.argv.slice(2);
const { folder, url, tokenUrl, clientId, clientSecret, caPem } = JSON.parse(words) as Record<string, string>;
if (folder === undefined || url === undefined || tokenUrl === undefined) throw new Error('Nowhere to ask');
const opening = await openJournal({ folder, environment: 'training', reserveBytes: 0 });
if (opening.kind === 'refused') throw new Error(opening.message);
const client = createIssuanceClient({
  baseUrl: url,
  credentials: {
    tokenUrl,
    clientId: clientId ?? '',
    clientSecret: () => Promise.resolve(clientSecret ?? ''),
  },
  trust: { kind: 'pinned', caPem: caPem ?? '' },
  log: createLog({ write: () => undefined }),
});
const { reconciler } = reconcilerOver(opening.journal, client, {
  perSecond: 200,
  onProgress: ({ asked }) => void process.stdout.write(`${asked}\n`),
});
await reconciler.start(PLANTED_DAY, 'Ann');
