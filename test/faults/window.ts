import { get } from 'node:http';
import { WebSocket, type RawData } from 'ws';
import { z } from 'zod';
import { CallReply, type CallInput } from '../../shared/contract/contract.ts';

const Message = z.union([
  z.strictObject({ id: z.int(), reply: CallReply }),
  z.strictObject({ event: z.string(), payload: z.unknown() }),
  z.strictObject({ beat: z.literal(true) }),
]);

/** Of a sale on the screen, what accounts are settled by. */
const Sale = z.object({
  seq: z.int(),
  saleKey: z.string(),
  reference: z.string(),
  outcome: z.enum(['credited', 'accepted', 'stored', 'needs-manager']),
  reason: z.string().optional(),
  attempts: z.int(),
  milesAmount: z.int().optional(),
});
export type Sale = z.output<typeof Sale>;

const Snapshot = z.object({
  status: z.object({ storedCount: z.int(), needsManagerCount: z.int() }),
  notices: z.array(z.object({ code: z.string(), kept: z.int().optional(), lost: z.int().optional() })),
});
export type Snapshot = z.output<typeof Snapshot>;

const IssueReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('recorded'), sale: Sale, isRepeat: z.boolean() }),
  z.object({ kind: z.literal('refused'), refusals: z.array(z.unknown()) }),
  z.object({ kind: z.literal('already-done'), sale: Sale }),
  z.object({ kind: z.literal('not-stored'), reason: z.string() }),
]);
export type IssueReply =
  z.output<typeof IssueReply> | { readonly kind: 'no-answer' } | Extract<CallReply, { kind: 'failure' }>;

/** The session cookie of the address that works once; undefined where the terminal died meanwhile. */
function takeCookie(url: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const call = get(url, { agent: false }, (response) => {
      response.resume();
      resolve(response.headers['set-cookie']?.[0]?.split(';')[0]);
    });
    call.on('error', () => resolve(undefined));
  });
}

/** A cashier's window without a browser: the same cookie, the same WebSocket, the same calls. */
export async function openWindow(url: string, onSale: (sale: Sale) => void) {
  const { host, origin } = new URL(url);
  const cookie = await takeCookie(url);
  if (cookie === undefined) return undefined;
  const socket = new WebSocket(`ws://${host}/wire`, { headers: { Origin: origin, Cookie: cookie } });
  const pending = new Map<number, (reply: CallReply | undefined) => void>();
  let lastId = 0;
  let isClosed = false;

  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true));
    socket.once('close', () => resolve(false));
    socket.on('error', () => resolve(false));
  });
  if (!isOpen) return undefined;
  socket.on('message', (data: RawData) => {
    const message = Message.parse(JSON.parse(Buffer.isBuffer(data) ? data.toString() : ''));
    if ('event' in message && message.event === 'sale') onSale(Sale.parse(message.payload));
    if (!('id' in message)) return;
    pending.get(message.id)?.(message.reply);
    pending.delete(message.id);
  });
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      isClosed = true;
      for (const answer of pending.values()) answer(undefined);
      pending.clear();
      resolve();
    });
  });

  const call = (name: string, input: object): Promise<CallReply | undefined> => {
    if (isClosed) return Promise.resolve(undefined);
    const id = ++lastId;
    return new Promise((resolve) => {
      pending.set(id, resolve);
      socket.send(JSON.stringify({ id, call: name, input }));
    });
  };

  return {
    /** Presses Issue. */
    async issue(input: CallInput<'checkout.issue'>): Promise<IssueReply> {
      const reply = await call('checkout.issue', input);
      if (reply === undefined) return { kind: 'no-answer' };
      return reply.kind === 'answer' ? IssueReply.parse(reply.output) : reply;
    },
    async snapshot(): Promise<Snapshot | undefined> {
      const reply = await call('terminal.snapshot', {});
      return reply?.kind === 'answer' ? Snapshot.parse(reply.output) : undefined;
    },
    async close(): Promise<void> {
      socket.terminate();
      await closed;
    },
  };
}
export type TerminalWindow = NonNullable<Awaited<ReturnType<typeof openWindow>>>;
