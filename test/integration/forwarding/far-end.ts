import type { Answer, IssuanceClient, OutgoingRequest } from '../../../main/airmiles/client.ts';

export const answered = (
  status: number,
  changes: Partial<Extract<Answer, { kind: 'answered' }>> = {},
): Answer => ({
  kind: 'answered',
  status,
  body: new Uint8Array(),
  reading: { body: 'empty' },
  serverDateMs: undefined,
  retryAfterMs: undefined,
  elapsedMs: 1,
  ...changes,
});

export const unanswered = (
  failure: Extract<Answer, { kind: 'unanswered' }>['failure'],
  mayHaveArrived: boolean,
): Answer => ({ kind: 'unanswered', failure, mayHaveArrived, elapsedMs: 1 });

/** One request that waits for the test to say what comes back. */
export interface Waiting {
  readonly request: OutgoingRequest;
  readonly collector: string;
  answer(answer: Answer): void;
}

/** The far end, scripted: every request waits in `waiting` until the test answers it. */
export function createFarEnd() {
  const waiting: Waiting[] = [];
  const seen: OutgoingRequest[] = [];
  const client: IssuanceClient = {
    send: (request, signal) =>
      new Promise((resolve) => {
        seen.push(request);
        const { collectorNumber } = JSON.parse(new TextDecoder().decode(request.body)) as {
          collectorNumber: string;
        };
        const one: Waiting = {
          request,
          collector: collectorNumber,
          answer: (answer) => {
            waiting.splice(waiting.indexOf(one), 1);
            resolve(answer);
          },
        };
        waiting.push(one);
        signal.addEventListener('abort', () => one.answer(unanswered({ kind: 'timeout' }, true)), {
          once: true,
        });
      }),
    close: () => Promise.resolve(),
  };
  return { client, waiting, seen };
}
