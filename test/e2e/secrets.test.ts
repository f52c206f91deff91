import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutOn, expect, test } from './fixtures.ts';
import { CLIENT_SECRET } from './programs.ts';

/** Every file below a folder, with its bytes as text. */
function filesBelow(folder: string): Array<{ readonly path: string; readonly text: string }> {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path, text: readFileSync(path, 'latin1') }));
}

test('after a whole run nothing written holds the secret or a token, and no log a Collector Number', async ({
  page,
  shop,
}) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  const terminal = await shop.open();
  const checkout = checkoutOn(page);
  const collectors = await shop.simulator.collectors();
  await shop.simulator.setFaults({
    next: ['401', '400', '403', '500', 'garbage', 'dropAfter', '202'],
    token: { next: ['401'] },
  });
  for (const [index, collector] of collectors.slice(0, 6).entries()) {
    await page.keyboard.type(collector);
    await page.keyboard.type(`${20 + index}`);
    await page.keyboard.press('Enter');
    await expect(checkout.collector).toHaveValue('');
  }
  await page.keyboard.press('F6');
  await expect
    .poll(() => shop.journal().filter(({ state }) => state !== 'due').length, { timeout: 30_000 })
    .toBe(6);
  const requests = (await shop.simulator.stats()).requests;
  expect(requests).toBeGreaterThan(6);
  await terminal.stop();

  const written = filesBelow(join(shop.folder, 'data'));
  const logs = written.filter(({ path }) => path.endsWith('.log'));
  expect(written.some(({ path }) => path.endsWith('journal.sqlite'))).toBe(true);
  expect(logs.some(({ text }) => text.includes('token-obtained'))).toBe(true);
  const everything = [
    ...written,
    { path: 'output', text: terminal.output() },
    { path: 'console', text: said.join() },
  ];
  for (const { path, text } of everything) {
    for (const secret of [CLIENT_SECRET, 'simulated-token-', 'Bearer ', 'access_token']) {
      expect(text.includes(secret), `${secret} in ${path}`).toBe(false);
    }
  }
  for (const { path, text } of [
    ...logs,
    { path: 'output', text: terminal.output() },
    { path: 'console', text: said.join() },
  ]) {
    for (const collector of collectors)
      expect(text.includes(collector), `a Collector Number in ${path}`).toBe(false);
  }
});
