import { Hono } from 'hono';
import type { CollectorBook } from './collectors.ts';
import { Faults, type FaultsInput } from './faults.ts';
import { bodyOf, type Env } from './http.ts';
import type { Ledger } from './ledger.ts';
import { bearerOf, isSameSecret } from './tokens.ts';

export interface ControlDependencies {
  readonly controlSecret: string;
  readonly ledger: Ledger;
  readonly collectors: CollectorBook;
  readonly faults: () => Faults;
  readonly setFaults: (faults: FaultsInput) => void;
  readonly reset: () => void;
}

/** The control API: the fault panel live, the ledger and the counts to read, and a reset. Opened by its own secret. */
export function createControl(dependencies: ControlDependencies): Hono<Env> {
  const { controlSecret, ledger, collectors, faults, setFaults, reset } = dependencies;
  const control = new Hono<Env>();

  control.use('*', async (context, next) => {
    const secret = bearerOf(context.env.incoming.headers.authorization);
    if (secret === undefined || !isSameSecret(secret, controlSecret)) {
      return context.json({ message: 'The control secret is needed.' }, 401);
    }
    await next();
    return undefined;
  });
  control.get('/faults', (context) => context.json(faults()));
  control.put('/faults', async (context) => {
    const body = await bodyOf(context);
    const read = Faults.safeParse(body === undefined ? undefined : parseJson(body));
    if (!read.success) {
      const problems = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      return context.json({ message: 'These faults are not understood.', problems }, 400);
    }
    setFaults(read.data);
    return context.json(faults());
  });
  control.get('/ledger', (context) => context.json(ledger.entries()));
  control.get('/stats', (context) => context.json(ledger.stats));
  control.get('/collectors', (context) => context.json(collectors.list()));
  control.post('/reset', (context) => {
    reset();
    return context.json({});
  });
  return control;
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
