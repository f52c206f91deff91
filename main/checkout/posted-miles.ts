import { z } from 'zod';
import type { Endpoint, IssuanceClient } from '../airmiles/client.ts';

/** The calls that state their Miles by offer. */
const stating: ReadonlySet<Endpoint> = new Set<Endpoint>(['post', 'reverse', 'post-event', 'reverse-event']);

const Posted = z.object({ issuances: z.array(z.object({ milesAmount: z.int() })).min(1) });

/** The Miles a request states: the sum of its issuances. Throws on bytes this program did not write. */
function milesIn(body: Uint8Array): number {
  const { issuances } = Posted.parse(JSON.parse(new TextDecoder().decode(body)));
  return issuances.reduce((sum, { milesAmount }) => sum + milesAmount, 0);
}

/**
 * Where the partner states the Miles, AIR MILES credits or takes back what was stated: a 200 that does not repeat them
 * means those of the request. The answer itself is kept as it came.
 */
export function knowingPostedMiles(client: IssuanceClient): IssuanceClient {
  return {
    async send(request, signal) {
      const answer = await client.send(request, signal);
      const isSilent =
        stating.has(request.endpoint) &&
        answer.kind === 'answered' &&
        answer.status === 200 &&
        answer.reading.milesAmount === undefined;
      if (!isSilent) return answer;
      return { ...answer, reading: { ...answer.reading, milesAmount: milesIn(request.body) } };
    },
    close: () => client.close(),
  };
}
