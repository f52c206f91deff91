import type { Client } from '../../client.ts';
import type { PinProblem } from './use-pin-tries.ts';

/** Tries to sign in; null when it worked. */
export async function trySignIn(client: Client, operatorId: string, pin: string): Promise<PinProblem | null> {
  const result = await client.call('operators.signIn', { operatorId, pin });
  if (result.kind === 'failure') return { kind: 'no-answer' };
  return result.output.kind === 'signed-in' ? null : result.output;
}
