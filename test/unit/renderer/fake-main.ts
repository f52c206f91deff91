import {
  contract,
  type CallName,
  type CallReply,
  type EventName,
  type EventPayload,
  type Handlers,
  type Wire,
} from '../../../shared/contract/contract.ts';

type AnyCall = (input: unknown) => unknown;

/** One call as it came over the wire. */
export interface SeenCall {
  readonly name: string;
  readonly input: unknown;
}

/** A main that is not there: the contract's shapes are checked, and what each call does is up to the test. */
export interface FakeMain {
  readonly wire: Wire;
  /** Every call that reached main, in order. */
  readonly calls: readonly SeenCall[];
  /** What handlers threw, and answers the contract refused: to main both are a call that failed. */
  readonly failures: readonly unknown[];
  /** The inputs of one call, in order. */
  inputsOf(name: CallName): readonly unknown[];
  handle<Name extends CallName>(name: Name, handler: Handlers[Name]): void;
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void;
  /** Goes away: calls under way answer `disconnected`, and so do calls made meanwhile. */
  disconnect(): void;
  connect(): void;
}

/** A wire with a programmable main behind it. Calls without a handler fail as a bug in main would. */
export function createFakeMain(handlers: Partial<Handlers>): FakeMain {
  const table = new Map<string, AnyCall>();
  const calls: SeenCall[] = [];
  const failures: unknown[] = [];
  const eventListeners = new Set<(name: string, payload: unknown) => void>();
  const connectionListeners = new Set<(isConnected: boolean) => void>();
  const cutOff = new Set<() => void>();
  let isConnected = true;

  function handle<Name extends CallName>(name: Name, handler: Handlers[Name]): void {
    const { input: Input, output: Output } = contract.calls[name];
    table.set(name, async (raw) => {
      const input = Input.safeParse(raw);
      if (!input.success) return { kind: 'failure', failure: 'invalid-input' };
      try {
        const answer: unknown = await (handler as AnyCall)(input.data);
        return { kind: 'answer', output: Output.parse(answer) };
      } catch (error) {
        failures.push(error);
        return { kind: 'failure', failure: 'failed' };
      }
    });
  }

  async function call(name: string, input: unknown): Promise<unknown> {
    const gone: CallReply = { kind: 'failure', failure: 'disconnected' };
    if (!isConnected) return gone;
    calls.push({ name, input });
    const answer = table.get(name);
    if (answer === undefined) return { kind: 'failure', failure: 'failed' } satisfies CallReply;
    const cut = Promise.withResolvers<unknown>();
    const giveUp = (): void => cut.resolve(gone);
    cutOff.add(giveUp);
    try {
      return await Promise.race([answer(input), cut.promise]);
    } finally {
      cutOff.delete(giveUp);
    }
  }

  function setConnected(value: boolean): void {
    isConnected = value;
    if (!value) for (const giveUp of cutOff) giveUp();
    for (const listener of connectionListeners) listener(value);
  }

  for (const name of Object.keys(handlers) as CallName[]) {
    const handler = handlers[name];
    if (handler !== undefined) handle(name, handler);
  }

  return {
    calls,
    failures,
    handle,
    inputsOf: (name) => calls.filter((seen) => seen.name === name).map((seen) => seen.input),
    emit: (name, payload) => {
      const parsed = contract.events[name].parse(payload);
      for (const listener of eventListeners) listener(name, parsed);
    },
    disconnect: () => setConnected(false),
    connect: () => setConnected(true),
    wire: {
      call,
      onEvent(listener) {
        eventListeners.add(listener);
        return () => eventListeners.delete(listener);
      },
      onConnection(listener) {
        connectionListeners.add(listener);
        listener(isConnected);
        return () => connectionListeners.delete(listener);
      },
    },
  };
}
