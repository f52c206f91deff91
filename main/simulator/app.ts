import type { IncomingMessage, ServerResponse } from 'node:http';
import { Hono } from 'hono';
import type { Log } from '../diagnostics/log.ts';
import { endpointPaths, endpoints, type Endpoint } from '../airmiles/endpoints.ts';
import { historyPath } from '../airmiles/history-query.ts';
import { refusal, type CounterAnswer } from './answers.ts';
import { createControl, type ControlDependencies } from './control.ts';
import { maintenanceAt, type PlainFaultKind } from './faults.ts';
import { bodyOf, hasType, send, sendFault, type Env } from './http.ts';
import type { Delivery } from './issuance-calls.ts';
import type { TokenOffice } from './tokens.ts';

export interface AppDependencies extends ControlDependencies {
  readonly answerCall: (
    endpoint: Endpoint,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    body: Uint8Array,
  ) => Promise<Delivery>;
  readonly answerHistory: (query: URLSearchParams) => CounterAnswer;
  readonly tokens: TokenOffice;
  readonly drawTokenFault: () => PlainFaultKind | undefined;
  readonly drawHistoryFault: () => PlainFaultKind | undefined;
  readonly nowMs: () => number;
  readonly log: Log | undefined;
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

/** Every path of the simulator: the token, the eight issuance calls, Transaction History, and the control API apart. */
export function createApp(dependencies: AppDependencies): Hono<Env> {
  const { answerCall, answerHistory, ledger, tokens, drawTokenFault, drawHistoryFault, faults, nowMs } =
    dependencies;
  const app = new Hono<Env>();

  for (const endpoint of endpoints) {
    const path = endpointPaths[endpoint];
    app.post(path, async (context) => {
      const body = await bodyOf(context);
      if (body === undefined || !hasType(context, 'application/json')) {
        ledger.stats.requests += 1;
        return send(refusal('invalidDetails', 'A JSON body of a stated and sensible length is needed.'));
      }
      return send(await answerCall(endpoint, context.env.incoming, context.env.outgoing, body));
    });
    app.all(path, (context) => context.json({ message: 'POST only.' }, 405));
  }

  app.get(historyPath, (context) => {
    if (!tokens.isValid(context.env.incoming.headers.authorization)) {
      return send(refusal('unauthorized', 'No valid token.'));
    }
    const retryAfterSeconds = maintenanceAt(faults(), nowMs());
    if (retryAfterSeconds !== undefined) {
      return send({ ...refusal('maintenance', 'Scheduled maintenance.'), retryAfterSeconds });
    }
    const fault = drawHistoryFault();
    if (fault !== undefined) return sendFault(context, fault, faults().retryAfterSeconds);
    return send(answerHistory(new URL(context.req.url).searchParams));
  });

  app.post('/oauth/token', async (context) => {
    const fault = drawTokenFault();
    if (fault !== undefined) return sendFault(context, fault, faults().retryAfterSeconds);
    const body = await bodyOf(context);
    if (body === undefined || !hasType(context, 'application/x-www-form-urlencoded')) {
      return context.json({ error: 'invalid_request' }, 400);
    }
    const form = new URLSearchParams(Buffer.from(body).toString('utf8'));
    return send(answerToken(dependencies, form, context.env.incoming.headers.authorization));
  });

  app.route('/simulator', createControl(dependencies));

  app.onError((error, context) => {
    // A client that left in the middle of its request is no bug of ours.
    if (!context.env.incoming.socket.destroyed) dependencies.log?.error('simulator-call-failed', {}, error);
    return context.json({ message: 'The simulator itself failed.' }, 500);
  });
  app.notFound((context) => context.json({ message: 'No such path.' }, 404));
  return app;
}
