import type { EventPayload } from '../../shared/contract/contract.ts';

/** What a frame turned out to be, as the contract announces it. No digit of a refused frame is in it. */
export type Scan = EventPayload<'scan'>;

export type ScanRefusal = Extract<Scan, { kind: 'refused' }>['code'];

export function refused(code: ScanRefusal): Scan {
  return { kind: 'refused', code };
}
