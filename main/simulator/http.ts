import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { PlainFaultKind } from './faults.ts';
import { failing, type Delivery } from './issuance-calls.ts';

export type Env = { Bindings: HttpBindings };

const MAX_BODY_BYTES = 256 * 1024;

export function send(delivery: Delivery): Response {
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

/** Whether a request says that its body is of a kind, parameters of the kind aside. */
export function hasType(context: Context<Env>, type: string): boolean {
  const [stated = ''] = (context.env.incoming.headers['content-type'] ?? '').split(';');
  return stated.trim().toLowerCase() === type;
}

/** The body, or why not: every length is bounded, declared or not. */
export async function bodyOf(context: Context<Env>): Promise<Uint8Array | undefined> {
  const declared = Number(context.env.incoming.headers['content-length'] ?? Number.NaN);
  if (!(declared <= MAX_BODY_BYTES)) return undefined;
  return new Uint8Array(await context.req.arrayBuffer());
}

/** A fault of a call that credits nothing, in the place of its answer. */
export function sendFault(context: Context<Env>, fault: PlainFaultKind, retryAfterSeconds: number): Response {
  if (fault === 'drop') context.env.outgoing.socket?.destroy();
  if (fault === 'drop' || fault === 'hang') return RESPONSE_ALREADY_SENT;
  if (fault === 'garbage') {
    const headers = { 'content-type': 'text/html' };
    return new Response('<!doctype html><title>Sign in to this network</title>', { headers });
  }
  return send(failing(fault, retryAfterSeconds));
}
