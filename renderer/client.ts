import type {
  CallFailure,
  CallInput,
  CallName,
  CallOutput,
  CallReply,
  EventName,
  EventPayload,
  Wire,
} from '../shared/contract/contract.ts';

/** What a call came to. `no-answer` and `disconnected` leave it unknown whether main acted on it. */
export type CallResult<Name extends CallName> =
  | { readonly kind: 'answer'; readonly output: CallOutput<Name> }
  | { readonly kind: 'failure'; readonly failure: CallFailure | 'no-answer' | 'unreadable' };

/**
 * The contract as functions. Main reads every output and event with its schema before it leaves, and a page can speak
 * only to the process that served it, so it is of the same build. They are not read a second time here: the schemas and
 * their library would be a good part of what a window loads before it can sell.
 */
export interface Client {
  /** Never rejects. Gives `no-answer` after `timeoutMs`. */
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallResult<Name>>;
  /** Hears one event. Returns the way to stop. */
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
      if (!isReply(answer)) return { kind: 'failure', failure: 'unreadable' };
      // The wire knows no types; main read this output with the schema that `CallOutput` is made of.
      return answer.kind === 'failure'
        ? answer
        : { kind: 'answer', output: answer.output as CallOutput<Name> };
    },

    on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void {
      return wire.onEvent((announced, payload) => {
        if (announced === name) listener(payload as EventPayload<Name>);
      });
    },

    onConnection: (listener) => wire.onConnection(listener),
  };
}

/** Whether this is a reply at all; Electron's bridge and a socket can both bring something else. */
function isReply(answer: unknown): answer is CallReply {
  if (typeof answer !== 'object' || answer === null || !('kind' in answer)) return false;
  if (answer.kind === 'answer') return 'output' in answer;
  return answer.kind === 'failure' && 'failure' in answer && typeof answer.failure === 'string';
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
