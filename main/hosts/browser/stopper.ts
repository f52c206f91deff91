import type { Log } from '../../diagnostics/log.ts';

/** Longer than any part may take to stop by its own limits: after this something hangs and is left behind. */
const STOP_LIMIT_MS = 10_000;
/** One press of Ctrl-C can arrive several times: from the console and again from npm, which passes it on. */
const SAME_PRESS_MS = 1_000;

export interface Stopper {
  /** What to stop, in the order it was started; stopping goes the other way. */
  add(stop: () => void | Promise<void>): void;
  /** Stops everything and ends the process with `code`. */
  stop(code: number): Promise<void>;
}

/** Ends the program in order on SIGINT, SIGTERM or SIGHUP; a second signal ends it at once. */
export function createStopper({
  log,
  flush,
  say,
}: {
  log: Log;
  flush: () => void;
  say: (line: string) => void;
}): Stopper {
  const parts: (() => void | Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  let stoppingSinceMs = 0;

  function end(code: number): void {
    flush();
    process.exit(code);
  }

  async function stopParts(code: number): Promise<void> {
    let exitCode = code;
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      try {
        // One after the other: a window must be gone before the terminal behind it stops.
        await part();
      } catch (cause) {
        log.error('stop-failed', {}, cause);
        exitCode = 1;
      }
    }
    log.info('stopped', { code: exitCode });
    end(exitCode);
  }

  function stop(code: number): Promise<void> {
    if (stopping !== undefined) return stopping;
    stoppingSinceMs = performance.now();
    // Holds the process: with a part that hangs and nothing else to do, Node would end as if all had gone well.
    setTimeout(() => {
      log.error('stop-took-too-long', { elapsedMs: STOP_LIMIT_MS });
      end(1);
    }, STOP_LIMIT_MS);
    stopping = stopParts(code);
    return stopping;
  }

  function onSignal(signal: NodeJS.Signals): void {
    if (stopping === undefined) {
      log.info('stopping', { signal });
      say('Milepost is stopping.');
      void stop(0);
    } else if (performance.now() - stoppingSinceMs > SAME_PRESS_MS) {
      log.warn('stop-forced', { signal });
      end(1);
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);

  return {
    add(part) {
      parts.push(part);
    },
    stop,
  };
}
