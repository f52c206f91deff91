import type { z } from 'zod';
import {
  contract,
  type CallFailure,
  type CallName,
  type CallReply,
  type Contract,
  type EventName,
  roles,
  type Role,
} from '../../shared/contract/contract.ts';
import type { Log } from '../diagnostics/log.ts';
import type { HostedTerminal } from './host.ts';

/** The contract's side in main, the same behind every host. Neither function ever throws or rejects. */
export interface ContractServer {
  /** Checks the name, bounds and parses the input, runs the handler, parses what it gives. */
  call(name: unknown, input: unknown): Promise<CallReply>;
  /** Announces events that fit the contract; one that does not is a bug, is logged, and never leaves. */
  onEvent(listener: (name: EventName, payload: unknown) => void): () => void;
}

/** No screen sends more than a few hundred bytes; this keeps a hostile page from making main work. */
const MAX_INPUT_BYTES = 64 * 1024;

type InputOf = { readonly [Name in CallName]: z.output<Contract['calls'][Name]['input']> };
type Schemas = {
  readonly [Name in CallName]: { readonly input: z.ZodType<InputOf[Name]>; readonly output: z.ZodType };
};
type HandlersByInput = { readonly [Name in CallName]: (input: InputOf[Name]) => unknown };

function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(contract.calls, name);
}

/** A name from outside, fit for a log: nothing but letters and dots, so that it can carry no number. */
function loggable(name: unknown): string {
  return typeof name === 'string' && /^[a-z.]{1,60}$/i.test(name) ? name : '(not a name)';
}

function sizeOf(input: unknown): number | 'unserialisable' {
  try {
    return Buffer.byteLength(JSON.stringify(input) ?? '');
  } catch {
    // A cycle or a BigInt, which only the Electron host can deliver. No schema of the contract accepts either.
    return 'unserialisable';
  }
}

/** Where a value is wrong and how, never the value: segments a caller can choose freely are left out. */
function faultOf(error: z.ZodError): { path: string; code: string } {
  const issue = error.issues[0];
  const segments = (issue?.path ?? []).filter(
    (part) => typeof part === 'number' || /^[a-z]+$/i.test(String(part)),
  );
  return { path: segments.map(String).join('.').slice(0, 100), code: issue?.code ?? 'unknown' };
}

/** Puts the contract between `terminal` and whatever a host receives from a window. */
export function createContractServer({
  terminal,
  log,
  role = 'operator',
}: {
  terminal: HostedTerminal;
  log: Log;
  /** Whose windows these are: what a role may not call is refused, what it does not hear never leaves. */
  role?: Role;
}): ContractServer {
  const { mayCall, hears } = roles[role];
  const schemas: Schemas = contract.calls;
  const handlers: HandlersByInput = terminal.handlers;

  function failure(reason: CallFailure): CallReply {
    return { kind: 'failure', failure: reason };
  }

  async function answer<Name extends CallName>(
    name: Name,
    schema: Schemas[Name],
    input: unknown,
  ): Promise<CallReply> {
    const parsed = schema.input.safeParse(input);
    if (!parsed.success) {
      log.warn('call-refused', { call: name, reason: 'invalid-input', ...faultOf(parsed.error) });
      return failure('invalid-input');
    }
    const output = schema.output.safeParse(await handlers[name](parsed.data));
    if (!output.success) {
      log.error('call-output-wrong', { call: name, ...faultOf(output.error) });
      return failure('failed');
    }
    return { kind: 'answer', output: output.data };
  }

  return {
    async call(name, input) {
      if (!isCallName(name)) {
        log.warn('call-refused', { call: loggable(name), reason: 'unknown-call' });
        return failure('unknown-call');
      }
      if (!mayCall(name)) {
        log.warn('call-refused', { call: name, reason: 'not-allowed' });
        return failure('not-allowed');
      }
      const bytes = sizeOf(input);
      if (bytes === 'unserialisable') {
        log.warn('call-refused', { call: name, reason: 'invalid-input', code: bytes });
        return failure('invalid-input');
      }
      if (bytes > MAX_INPUT_BYTES) {
        log.warn('call-refused', { call: name, reason: 'too-large', bytes });
        return failure('too-large');
      }
      try {
        return await answer(name, schemas[name], input);
      } catch (cause) {
        log.error('call-failed', { call: name }, cause);
        return failure('failed');
      }
    },

    onEvent(listener) {
      return terminal.onEvent((name, payload) => {
        if (!hears(name)) return;
        const parsed = contract.events[name].safeParse(payload);
        if (!parsed.success) {
          log.error('event-wrong', { kind: name, ...faultOf(parsed.error) });
          return;
        }
        try {
          listener(name, parsed.data);
        } catch (cause) {
          // What announces must not stop because one window can not be told.
          log.error('event-not-delivered', { kind: name }, cause);
        }
      });
    },
  };
}
