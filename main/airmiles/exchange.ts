import type { Dispatcher } from 'undici';
import { codeOf, UnderstoodFailure, type NetworkFailure } from './failures.ts';

export interface ExchangeRequest {
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A POST with these bytes, or a GET where there are none. */
  readonly body: Uint8Array | undefined;
}

export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

export type Exchanged =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: AnswerHeaders;
      readonly body: Buffer;
      /** The answer broke off, or was longer than any answer may be. */
      readonly isTorn: boolean;
    }
  | { readonly kind: 'failed'; readonly failure: NetworkFailure; readonly mayHaveArrived: boolean };

/** More than this is no answer of an API; reading stops there. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * One request and its whole answer. Built on undici's own events because they tell the one thing that matters for a
 * retry: whether writing had begun when it failed. Never rejects, never repeats, follows no redirect.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: ExchangeRequest,
  signal: AbortSignal,
): Promise<Exchanged> {
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined;
    let isWritten = false;
    let started: { readonly status: number; readonly headers: AnswerHeaders } | undefined;
    let chunks: Buffer[] = [];
    let size = 0;
    let isSettled = false;

    const settle = (exchanged: Exchanged): void => {
      if (isSettled) return;
      isSettled = true;
      signal.removeEventListener('abort', onAbort);
      resolve(exchanged);
    };
    const settleResponse = (isTorn: boolean): void => {
      if (started === undefined) return;
      const body = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
      chunks = [];
      settle({ kind: 'response', ...started, body, isTorn });
    };
    const fail = (failure: NetworkFailure): void => {
      if (started === undefined) settle({ kind: 'failed', failure, mayHaveArrived: isWritten });
      else settleResponse(true);
    };
    const onAbort = (): void => {
      fail({ kind: 'timeout' });
      // Still waiting for a connection: `onRequestStart` finds the signal aborted and lets nothing be written.
      controller?.abort(new Error('No longer waited for.'));
    };

    if (signal.aborted) {
      fail({ kind: 'timeout' });
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });

    dispatcher.dispatch(
      {
        origin: request.origin,
        path: request.path,
        method: request.body === undefined ? 'GET' : 'POST',
        headers: { ...request.headers },
        body: request.body ?? null,
      },
      {
        onRequestStart(begun) {
          if (signal.aborted) {
            begun.abort(new Error('No longer waited for.'));
            return;
          }
          controller = begun;
          isWritten = true;
        },
        onResponseStart(_controller, status, headers) {
          if (status >= 200) started = { status, headers };
        },
        onResponseData(begun, chunk) {
          size += chunk.length;
          if (size <= MAX_ANSWER_BYTES) chunks.push(chunk);
          else begun.abort(new Error('The answer is too long.'));
        },
        onResponseEnd() {
          settleResponse(false);
        },
        onResponseError(_controller, error) {
          const isUnderstood = error instanceof UnderstoodFailure;
          fail(isUnderstood ? error.failure : { kind: 'connection-lost', code: codeOf(error) });
        },
      },
    );
  });
}
