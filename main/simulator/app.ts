import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type Context } from 'hono';
import type { Log } from '../diagnostics/log.ts';
import { endpointPaths, endpoints, type Endpoint } from '../airmiles/endpoints.ts';
import { refusal, type CounterAnswer } from './counter.ts';
import { Faults, type FaultsInput, type TokenFaultKind } from './faults.ts';
import { failing, type Delivery } from './issuance-calls.ts';
import type { CollectorBook } from './collectors.ts';
import type { Ledger } from './ledger.ts';
import { bearerOf, isSameSecret, type TokenOffice } from './tokens.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';

type Env = { Bindings: HttpBindings };

export interface AppDependencies {
  readonly answerCall: (
    endpoint: Endpoint,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    body: Uint8Array,
  ) => Promise<Delivery>;
  readonly tokens: TokenOffice;
  readonly ledger: Ledger;
  readonly collectors: CollectorBook;
  readonly controlSecret: string;
  readonly faults: () => Faults;
  readonly setFaults: (faults: FaultsInput) => void;
  readonly drawTokenFault: () => TokenFaultKind | undefined;
  readonly reset: () => void;
  readonly log: Log | undefined;
}

const MAX_BODY_BYTES = 256 * 1024;

function send(delivery: Delivery): Response {
  if (delivery === undefined) return RESPONSE_ALREADY_SENT;
  const { status, text, retryAfterSeconds } = delivery;
  return new Response(text, {
    status,
    headers: {
      'content-type': 'application/json',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
  });
}

const hasJson = (context: Context<Env>): boolean =>
  /^application\/json\b/i.test(context.env.incoming.headers['content-type'] ?? '');

const hasForm = (context: Context<Env>): boolean =>
  /^application\/x-www-form-urlencoded\b/i.test(context.env.incoming.headers['content-type'] ?? '');

/** The body, or why not: every length is bounded, declared or not. */
async function bodyOf(context: Context<Env>): Promise<Uint8Array | undefined> {
  const declared = Number(context.env.incoming.headers['content-length'] ?? Number.NaN);
  if (!(declared <= MAX_BODY_BYTES)) return undefined;
  return new Uint8Array(await context.req.arrayBuffer());
}

function answerToken(
  dependencies: AppDependencies,
  form: URLSearchParams,
  authorization: string | undefined,
): CounterAnswer {
  const answered = dependencies.tokens.request(form, authorization);
  if (answered.kind === 'refused') {
    return { status: answered.status, text: JSON.stringify({ error: answered.error }) };
  }
  dependencies.ledger.stats.tokensIssued += 1;
  const { accessToken, expiresInSeconds } = answered;
  return {
    status: 200,
    text: JSON.stringify({ access_token: accessToken, token_type: 'Bearer', expires_in: expiresInSeconds }),
  };
}

/** Every path of the simulator: the token, the eight issuance calls, and the control API apart under `/simulator`. */
export function createApp(dependencies: AppDependencies): Hono<Env> {
  const { answerCall, ledger, collectors, drawTokenFault, faults } = dependencies;
  const app = new Hono<Env>();

  for (const endpoint of endpoints) {
    const path = endpointPaths[endpoint];
    app.post(path, async (context) => {
      const body = await bodyOf(context);
      if (body === undefined || !hasJson(context)) {
        ledger.stats.requests += 1;
        return send(refusal('invalidDetails', 'A JSON body of a stated and sensible length is needed.'));
      }
      return send(await answerCall(endpoint, context.env.incoming, context.env.outgoing, body));
    });
    app.all(path, (context) => context.json({ message: 'POST only.' }, 405));
  }

  app.post('/oauth/token', async (context) => {
    const fault = drawTokenFault();
    if (fault === 'drop') context.env.outgoing.socket?.destroy();
    if (fault === 'drop' || fault === 'hang') return RESPONSE_ALREADY_SENT;
    if (fault === 'garbage') return context.html('<!doctype html><title>Sign in to this network</title>');
    if (fault !== undefined) return send(failing(fault, faults().retryAfterSeconds));
    const body = await bodyOf(context);
    if (body === undefined || !hasForm(context)) return context.json({ error: 'invalid_request' }, 400);
    const form = new URLSearchParams(Buffer.from(body).toString('utf8'));
    return send(answerToken(dependencies, form, context.env.incoming.headers.authorization));
  });

  app.use('/simulator/*', async (context, next) => {
    const secret = bearerOf(context.env.incoming.headers.authorization);
    if (secret === undefined || !isSameSecret(secret, dependencies.controlSecret)) {
      return context.json({ message: 'The control secret is needed.' }, 401);
    }
    await next();
    return undefined;
  });
  app.get('/simulator/faults', (context) => context.json(faults()));
  app.put('/simulator/faults', async (context) => {
    const body = await bodyOf(context);
    const read = Faults.safeParse(body === undefined ? undefined : parseJson(body));
    if (!read.success) {
      const problems = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      return context.json({ message: 'These faults are not understood.', problems }, 400);
    }
    dependencies.setFaults(read.data);
    return context.json(faults());
  });
  app.get('/simulator/ledger', (context) => context.json(ledger.entries()));
  app.get('/simulator/stats', (context) => context.json(ledger.stats));
  app.get('/simulator/collectors', (context) => context.json(collectors.list()));
  app.post('/simulator/reset', (context) => {
    dependencies.reset();
    return context.json({});
  });

  app.onError((error, context) => {
    // A client that left in the middle of its request is no bug of ours.
    if (!context.env.incoming.socket.destroyed) dependencies.log?.error('simulator-call-failed', {}, error);
    return context.json({ message: 'The simulator itself failed.' }, 500);
  });
  app.notFound((context) => context.json({ message: 'No such path.' }, 404));
  return app;
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
