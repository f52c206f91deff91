import { request } from 'node:https';
import type { Simulator } from '../../../main/simulator/simulator.ts';

export interface RawCall {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Calls a simulator with nothing of ours in between: what a stranger's client would see. */
export function callRaw(where: Pick<Simulator, 'url' | 'caPem'>, call: RawCall): Promise<RawAnswer> {
  const { method = 'POST', path, headers = {}, body } = call;
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(
      `${where.url}${path}`,
      { method, ca: where.caPem, agent: false, headers: { ...length, ...headers } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

export const formHeaders = { 'content-type': 'application/x-www-form-urlencoded' };

/** The form a client sends for a token. */
export function tokenForm(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams(fields).toString();
}

/** A token of this simulator, as a header. */
export async function authorizationOf(simulator: Simulator): Promise<string> {
  const { clientId, clientSecret } = simulator;
  const body = tokenForm({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  const { text } = await callRaw(simulator, { path: '/oauth/token', headers: formHeaders, body });
  const answer: { access_token: string } = JSON.parse(text);
  return `Bearer ${answer.access_token}`;
}
