import { expect, test } from 'vitest';
import { askAhead } from '../../../renderer/ask-ahead.ts';
import { createFakeMain } from './fake-main.ts';
import { sampleSnapshot } from './samples.ts';

const asked = 'terminal.snapshot';

function startMain() {
  const main = createFakeMain({ [asked]: () => sampleSnapshot(), 'checkout.keep': () => ({}) });
  return { main, wire: askAhead(main.wire, asked) };
}

test('main is asked before anybody asks, and the first who does is given that answer', async () => {
  const { main, wire } = startMain();
  expect(main.inputsOf(asked)).toEqual([{}]);
  expect(await wire.call(asked, {})).toMatchObject({ kind: 'answer' });
  expect(main.inputsOf(asked)).toHaveLength(1);
});

test('it is good once: the next asks anew, and so does every other call', async () => {
  const { main, wire } = startMain();
  await wire.call(asked, {});
  await wire.call(asked, {});
  await wire.call('checkout.clear', {});
  expect(main.calls.map(({ name }) => name)).toEqual([asked, asked, 'checkout.clear']);
});

test('an answer from before the connection was lost is never given', async () => {
  const { main, wire } = startMain();
  main.disconnect();
  expect(await wire.call(asked, {})).toEqual({ kind: 'failure', failure: 'disconnected' });
  main.connect();
  expect(await wire.call(asked, {})).toMatchObject({ kind: 'answer' });
  expect(main.inputsOf(asked)).toHaveLength(2);
});
