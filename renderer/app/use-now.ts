import { useEffect, useState } from 'react';

/** The present instant, in milliseconds, renewed at each full minute. */
export function useMinute(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = (): void => {
      timer = setTimeout(tick, 60_000 - (Date.now() % 60_000));
    };
    const tick = (): void => {
      setNowMs(Date.now());
      wait();
    };
    wait();
    return () => clearTimeout(timer);
  }, []);
  return nowMs;
}
