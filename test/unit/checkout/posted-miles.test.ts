import { expect, test } from 'vitest';
import type { Answer, Endpoint } from '../../../main/airmiles/client.ts';
import { knowingPostedMiles } from '../../../main/checkout/posted-miles.ts';
import { answered, unanswered } from '../../integration/forwarding/far-end.ts';

const body = new TextEncoder().encode('{"issuances":[{"milesAmount":5},{"milesAmount":30}]}');
const silent = answered(200);

async function milesAfter(endpoint: Endpoint, answer: Answer): Promise<number | undefined> {
  const client = knowingPostedMiles({ send: () => Promise.resolve(answer), close: () => Promise.resolve() });
  const request = { endpoint, idempotencyKey: undefined, body, totalTimeoutMs: 1000 };
  const known = await client.send(request, new AbortController().signal);
  return known.kind === 'answered' ? known.reading.milesAmount : undefined;
}

test.each<[string, Endpoint, Answer, number | undefined]>([
  ['posted, where a 200 does not say', 'post', silent, 35],
  ['reversed, where a 200 does not say', 'reverse', silent, 35],
  ['of an event, where a 200 does not say', 'post-event', silent, 35],
  ['of a reversed event, where a 200 does not say', 'reverse-event', silent, 35],
  ['of the answer, where it says', 'post', answered(200, { reading: { body: 'json', milesAmount: 34 } }), 34],
  ['unknown while they are pending', 'post', answered(202), undefined],
  ['unknown where it was refused', 'post', answered(400), undefined],
  ['unknown without an answer', 'post', unanswered({ kind: 'timeout' }, true), undefined],
  ['unknown where AIR MILES calculates', 'issue', silent, undefined],
  ['unknown where AIR MILES calculates what is taken back', 'return', silent, undefined],
])('the Miles of a sale are those %s', async (_name, endpoint, answer, miles) => {
  expect(await milesAfter(endpoint, answer)).toBe(miles);
});
