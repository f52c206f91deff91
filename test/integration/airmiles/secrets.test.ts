import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { clientOf, createRig, saleOf } from './rig.ts';
import { createScripted, type ScriptedAnswer } from './scripted.ts';

const TOKEN = 'the-token-of-this-very-test';
const SECRET = 'the-secret-of-this-very-test';

test('neither secret nor token is in a log line or an answer, whatever the server says', async () => {
  const rig = await createRig();
  const statuses = [200, 202, 302, 400, 401, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503];
  const answers: ScriptedAnswer[] = [
    ...statuses.map((status) => ({ status, body: `{"responseCode":"C${status}"}` })),
    { status: 200, body: '<p>Sign in' },
    { status: 200, body: '' },
  ];
  const scripted = await createScripted(() => answers.shift() ?? { status: 500, body: '' }, TOKEN);
  const client = clientOf(rig.simulator, {
    baseUrl: scripted.baseUrl,
    trust: scripted.trust,
    credentials: {
      tokenUrl: `${scripted.baseUrl}/oauth/token`,
      clientId: 'till',
      clientSecret: () => Promise.resolve(SECRET),
    },
  });
  const seen: unknown[] = [];
  while (answers.length > 0) seen.push(await client.send(saleOf(rig.collector)));
  await client.close();
  seen.push(await client.send(saleOf(rig.collector)));

  const written = `${client.lines.join('')}${inspect(seen, { depth: 10 })}${JSON.stringify(seen)}`;
  expect(written).toContain('token-obtained');
  expect(written).toContain('answer-unreadable');
  expect(written).not.toContain(TOKEN);
  expect(written).not.toContain(SECRET);
});

test('a client that was closed says that nothing left', async () => {
  const rig = await createRig();
  await rig.client.send(saleOf(rig.collector));
  await rig.client.close();
  expect(await rig.client.send(saleOf(rig.collector))).toMatchObject({
    kind: 'unanswered',
    mayHaveArrived: false,
  });
});
