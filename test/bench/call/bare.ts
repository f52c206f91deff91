import { Agent } from 'undici';
import { z } from 'zod';
import { endpointPaths } from '../../../main/airmiles/endpoints.ts';

/** Where a simulator is, and how it lets somebody in. */
export interface Place {
  readonly url: string;
  readonly tokenUrl: string;
  readonly caPem: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const Token = z.object({ access_token: z.string() });

/** The least that issues Miles: undici, a token that was fetched before, a POST, and its answer as text. */
export async function createBare(
  { url, tokenUrl, caPem, clientId, clientSecret }: Place,
  connections: number,
) {
  const agent = new Agent({ connections, pipelining: 1, connect: { ca: caPem } });
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  const granted = await agent.request({
    origin: new URL(tokenUrl).origin,
    path: new URL(tokenUrl).pathname,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  const { access_token: token } = Token.parse(await granted.body.json());
  return {
    async issue(body: Uint8Array, idempotencyKey: string): Promise<void> {
      const answer = await agent.request({
        origin: url,
        path: endpointPaths.issue,
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          accept: 'application/json',
          'idempotency-key': idempotencyKey,
        },
        body,
      });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode} ${text}`);
    },
    close: () => agent.close(),
  };
}
