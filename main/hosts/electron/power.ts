import { powerMonitor } from 'electron';
import type { Log } from '../../diagnostics/log.ts';
import type { SleepAware } from '../host.ts';

/**
 * Tells the terminal when the machine goes to sleep and wakes, until the returned function is called. Electron must be
 * ready. The browser host has no such word from the system; there the devices' own watchdog finds out.
 */
export function followPower(sleeper: SleepAware, log: Log): () => void {
  const onSuspend = (): void => {
    log.info('machine-suspends');
    sleeper.suspend();
  };
  const onResume = (): void => {
    log.info('machine-resumes');
    sleeper.resume();
  };
  powerMonitor.on('suspend', onSuspend);
  powerMonitor.on('resume', onResume);
  return () => {
    powerMonitor.off('suspend', onSuspend);
    powerMonitor.off('resume', onResume);
  };
}
