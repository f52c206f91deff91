import type { OperatorsView } from '../../../shared/contract/operators.ts';

/** Whether nobody may sell: the store wants to know who does, and nobody who is signed in stands here. */
export function isClosed({ mode, signedIn, isLocked }: OperatorsView): boolean {
  return mode === 'everyone' && (signedIn === null || isLocked);
}
