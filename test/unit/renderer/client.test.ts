import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient } from '../../../renderer/client.ts';
import { createFakeMain } from './fake-main.ts';
import { sampleSale, sampleSnapshot } from './samples.ts';

const options = { timeoutMs: 5_000 };

describe('a call', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('gives the output main answered', async () => {
    const snapshot = sampleSnapshot();
    const main = createFakeMain({ 'terminal.snapshot': () => snapshot });
    const result = await createClient(main.wire, options).call('terminal.snapshot', {});
    expect(result).toEqual({ kind: 'answer', output: snapshot });
  });

  test('gives the failure main named when it refused', async () => {
    const main = createFakeMain({});
    const result = await createClient(main.wire, options).call('terminal.snapshot', {});
    expect(result).toEqual({ kind: 'failure', failure: 'failed' });
  });

  test.each([
    ['not a reply at all', 'hello'],
    ['a reply of an unknown kind', { kind: 'maybe' }],
    ['an answer without an output', { kind: 'answer' }],
    ['a failure without a name', { kind: 'failure', failure: 7 }],
    ['nothing', null],
  ])('is unreadable when main sends %s', async (_what, reply) => {
    const wire = { ...createFakeMain({}).wire, call: async () => reply };
    const result = await createClient(wire, options).call('checkout.clear', {});
    expect(result).toEqual({ kind: 'failure', failure: 'unreadable' });
  });

  test('gives up when main never answers', async () => {
    const wire = { ...createFakeMain({}).wire, call: () => new Promise<unknown>(() => undefined) };
    const result = createClient(wire, options).call('checkout.clear', {});
    await vi.advanceTimersByTimeAsync(options.timeoutMs);
    expect(await result).toEqual({ kind: 'failure', failure: 'no-answer' });
  });

  test('is disconnected when main goes away before it answers', async () => {
    const main = createFakeMain({ 'terminal.snapshot': () => new Promise(() => undefined) });
    const result = createClient(main.wire, options).call('terminal.snapshot', {});
    main.disconnect();
    expect(await result).toEqual({ kind: 'failure', failure: 'disconnected' });
  });
});

describe('an event', () => {
  test('reaches those who asked for it', () => {
    const main = createFakeMain({});
    const heard: unknown[] = [];
    createClient(main.wire, options).on('sale', (sale) => heard.push(sale));
    main.emit('sale', sampleSale(1));
    main.emit('scan', { kind: 'refused', code: 'product' });
    expect(heard).toEqual([sampleSale(1)]);
  });

  test('is not heard any more after stopping', () => {
    const main = createFakeMain({});
    const heard: unknown[] = [];
    const stop = createClient(main.wire, options).on('sale', (sale) => heard.push(sale));
    stop();
    main.emit('sale', sampleSale(1));
    expect(heard).toEqual([]);
  });
});
