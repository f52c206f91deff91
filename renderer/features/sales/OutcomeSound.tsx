import { useEffect, useRef } from 'react';
import type { Sale } from '../../../shared/contract/views.ts';
import { play } from '../../ui/sound.ts';
import { hearingOf, type Heard } from './outcome-sound.ts';

/** Most answers come within it: then the one tone is the outcome's own. */
const WAIT_MS = 1500;

interface OutcomeSoundProps {
  readonly newest: Sale | undefined;
  readonly isOn: boolean;
}

/** Lets the newest sale be heard, once for each of its outcomes; what was there before this window never. */
export function OutcomeSound({ newest, isOn }: OutcomeSoundProps) {
  const heard = useRef<Heard>({ seq: newest?.seq ?? 0, outcome: newest?.outcome });
  useEffect(() => {
    const hearing = hearingOf(newest, heard.current);
    if (newest === undefined || hearing.kind === 'nothing') return undefined;
    const tell = (name: Sale['outcome']): void => {
      heard.current = { seq: newest.seq, outcome: newest.outcome };
      if (isOn) play(name);
    };
    if (hearing.kind === 'play') {
      tell(newest.outcome);
      return undefined;
    }
    const timer = setTimeout(() => tell('stored'), WAIT_MS);
    return () => clearTimeout(timer);
  }, [newest, isOn]);
  return null;
}
