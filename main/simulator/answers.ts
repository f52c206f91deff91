import { assumedRefusals, type AssumedAnswer, type AssumedHistory } from '../airmiles/assumed.ts';

export interface CounterAnswer {
  readonly status: number;
  /** JSON. */
  readonly text: string;
}

export function answer(status: number, body: AssumedAnswer | AssumedHistory): CounterAnswer {
  return { status, text: JSON.stringify(body) };
}

export function refusal(name: keyof typeof assumedRefusals, message: string): CounterAnswer {
  const { status, responseCode } = assumedRefusals[name];
  return answer(status, { responseCode, message });
}
