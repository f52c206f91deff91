import type { z } from 'zod';
import environments from '../settings/environments.json' with { type: 'json' };
import { endpointPaths, endpoints, type Endpoint } from './endpoints.ts';
import { HistoryQuery, historyPath } from './history-query.ts';
import { componentSchemas, jsonSchemaOf, refTo, type SchemaName } from './openapi-schemas.ts';

const bodies = {
  calculate: 'BasketBody',
  issue: 'BasketBody',
  return: 'BasketBody',
  record: 'RecordBody',
  post: 'PostBody',
  'post-event': 'EventBody',
  reverse: 'PostBody',
  'reverse-event': 'EventBody',
} as const satisfies Readonly<Record<Endpoint, SchemaName>>;

const summaries: Readonly<Record<Endpoint, string>> = {
  calculate: 'Computes the Miles of a basket; issues nothing.',
  issue: 'Computes the Miles of a basket and deposits them.',
  return: 'Recomputes the Miles of a basket and withdraws those of what is returned.',
  record: 'Tests a transmission, or records a transaction that issues nothing.',
  post: 'Deposits the Miles that the partner states for a basket.',
  'post-event': 'Deposits Miles for something that was no purchase.',
  reverse: 'Takes Miles of a basket back.',
  'reverse-event': 'Takes Miles back without a basket.',
};

/** The two that issue nothing: no 202 is listed for them, and their samples carry no key. */
const issuesNothing: ReadonlySet<Endpoint> = new Set<Endpoint>(['calculate', 'record']);

const assumption = (reason: string): object => ({ 'x-assumed': true, 'x-assumed-reason': reason });

const jsonOf = (name: SchemaName): object => ({ 'application/json': { schema: refTo(name) } });

const response = (description: string, schema: SchemaName, more: object = {}): object => ({
  description,
  content: jsonOf(schema),
  ...more,
});

const seenBeside = assumption('Listed for Transaction History and not for this API.');
const usual = assumption('Listed nowhere; the usual meaning of this status.');

function issuanceResponses(endpoint: Endpoint): object {
  return {
    200: response('Success.', 'Answer'),
    ...(issuesNothing.has(endpoint)
      ? {}
      : { 202: response('Success, the Miles are pending: sending it again has no effect.', 'Answer') }),
    400: response('Rejected: incorrect or invalid details. Send a corrected request.', 'Answer'),
    401: response('No valid token.', 'Answer', seenBeside),
    403: response('This client is not let in.', 'Answer', usual),
    408: response('Timed out.', 'Answer', seenBeside),
    409: response(
      'Another transaction of this Collector is being processed.',
      'Answer',
      assumption('The documentation says that it "will result in an error", not in which.'),
    ),
    422: response(
      'The key was used for another request.',
      'Answer',
      assumption('What happens to a key with another body is not said.'),
    ),
    429: response('Too many requests.', 'Answer', usual),
    500: response('Failed. Try at least twice more, with the same key and bytes.', 'Answer'),
    503: response('Scheduled maintenance.', 'Answer', seenBeside),
  };
}

function issuanceOperation(endpoint: Endpoint): object {
  const idempotencyKey = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'A UUID v4 or another random string. Without it, a request with identical content, its timestamp included, is a duplicate.',
    schema: {
      type: 'string',
      minLength: 1,
      maxLength: 255,
      ...assumption('No greatest length is published.'),
    },
  };
  return {
    operationId: endpoint,
    summary: summaries[endpoint],
    parameters: issuesNothing.has(endpoint) ? [] : [idempotencyKey],
    requestBody: { required: true, content: jsonOf(bodies[endpoint]) },
    responses: issuanceResponses(endpoint),
  };
}

function isRequired(schema: z.ZodType): boolean {
  return !schema.safeParse(undefined).success;
}

function historyOperation(): object {
  const query = Object.entries(HistoryQuery.shape).map(([name, schema]) => ({
    name,
    in: 'query',
    required: isRequired(schema),
    schema: jsonSchemaOf(schema),
  }));
  const header = (name: string, schema: object): object => ({ name, in: 'header', required: false, schema });
  return {
    operationId: 'transaction-history-sponsor-request',
    summary: 'Lists what sponsors issued to one Collector, within at most two years.',
    parameters: [
      ...query,
      header('Channel-Code', { type: 'string' }),
      header('Accept-Language', { type: 'string', enum: ['EN', 'FR'] }),
    ],
    responses: {
      200: response('The activities, in pages.', 'History'),
      400: response('A mistake in the request.', 'Answer'),
      401: response(
        'No valid token, or the Collector’s number is invalid or its account not active.',
        'Answer',
      ),
      403: response('This client is not let in.', 'Answer', usual),
      408: response('Timed out.', 'Answer'),
      429: response('Too many requests.', 'Answer', usual),
      500: response('An unknown error.', 'Answer'),
      503: response('Scheduled maintenance.', 'Answer'),
    },
  };
}

/** The contract as OpenAPI 3.1. What its authors did not publish carries `x-assumed: true` and the reason. */
export function createOpenApi(): object {
  const issuance = endpoints.map((endpoint) => [
    endpointPaths[endpoint],
    { post: issuanceOperation(endpoint) },
  ]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Real-Time Checkout: issuance and transaction history',
      version: '1.0.0',
      description:
        'Made from what is publicly documented, out of the schemas that this client and its simulator use. ' +
        'It is not the official document. Every part marked `x-assumed: true` is a guess, with its reason beside it.',
    },
    servers: Object.entries(environments).map(([description, { baseUrl: url }]) => ({ url, description })),
    security: [{ partner: [] }],
    paths: { ...Object.fromEntries(issuance), [historyPath]: { get: historyOperation() } },
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        partner: {
          type: 'oauth2',
          ...assumption(
            'That these APIs take the client credentials grant, with scopes from the partner’s contract.',
          ),
          flows: { clientCredentials: { tokenUrl: environments.certification.tokenUrl, scopes: {} } },
        },
      },
    },
  };
}
