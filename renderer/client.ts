import './without-eval.ts';
import {
  CallReply,
  contract,
  type CallFailure,
  type CallInput,
  type CallName,
  type CallOutput,
  type EventName,
  type EventPayload,
  type Wire,
} from '../shared/contract/contract.ts';

/** What a call came to. `no-answer` and `disconnected` leave it unknown whether main acted on it. */
export type CallResult<Name extends CallName> =
  | { readonly kind: 'answer'; readonly output: CallOutput<Name> }
  | { readonly kind: 'failure'; readonly failure: CallFailure | 'no-answer' | 'unreadable' };

type Schema<Value> = { safeParse(value: unknown): { success: true; data: Value } | { success: false } };
type EventListener = (payload: unknown) => void;

/** The contract as functions: nothing that crossed the wire is used before its schema has read it. */
export interface Client {
  /** Never rejects. Gives `no-answer` after `timeoutMs`. */
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallResult<Name>>;
  /** Hears one event; a payload its schema refuses is dropped. Returns the way to stop. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void;
  /** Hears whether main can be reached, at once and at each change. Returns the way to stop. */
  onConnection(listener: (isConnected: boolean) => void): () => void;
}

export interface ClientOptions {
  readonly timeoutMs: number;
}

/** The renderer's side of the contract, over whichever wire the host gives. */
export function createClient(wire: Wire, options: ClientOptions): Client {
  return {
    async call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallResult<Name>> {
      const answer = await withinTime(wire.call(name, input), options.timeoutMs);
      if (answer === noAnswer) return { kind: 'failure', failure: 'no-answer' };
      const reply = CallReply.safeParse(answer);
      if (!reply.success) return { kind: 'failure', failure: 'unreadable' };
      if (reply.data.kind === 'failure') return reply.data;
      // The lookup gives a union of schemas; the one under `name` is the one that reads `name`'s output.
      const schema: Schema<unknown> = contract.calls[name].output;
      const output = (schema as Schema<CallOutput<Name>>).safeParse(reply.data.output);
      if (!output.success) return { kind: 'failure', failure: 'unreadable' };
      return { kind: 'answer', output: output.data };
    },

    on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void {
      const schema: Schema<unknown> = contract.events[name];
      const hear: EventListener = (payload) => {
        const read = (schema as Schema<EventPayload<Name>>).safeParse(payload);
        if (read.success) listener(read.data);
      };
      return wire.onEvent((announced, payload) => {
        if (announced === name) hear(payload);
      });
    },

    onConnection: (listener) => wire.onConnection(listener),
  };
}

const noAnswer = Symbol('no answer');

async function withinTime(answer: Promise<unknown>, timeoutMs: number): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<typeof noAnswer>((resolve) => {
    timer = setTimeout(() => resolve(noAnswer), timeoutMs);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
