import { counters, runCounter } from '../devices/mix/mix.ts';
import { expect, test } from './fixtures.ts';

/** 10,000 of them are run by `npm run devices -- mix`. */
const ACTIONS = 80;

for (const [index, counter] of counters.entries()) {
  const { desk, wedge } = counter;
  const title = `${desk.system} with a scanner for ${desk.scanner}, told by ${wedge.mode}`;
  test(`scans, swipes, keys and focus moves mixed at random: ${title}`, async ({ browser }) => {
    const { faults, done } = await runCounter(browser, counter, { actions: ACTIONS, seed: 4242 + index });
    expect(faults).toEqual([]);
    expect(done.scans).toBeGreaterThan(0);
    expect(done.keys).toBeGreaterThan(0);
  });
}
