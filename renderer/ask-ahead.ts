import type { CallName, Wire } from '../shared/contract/contract.ts';

/**
 * The same wire, with one call made as soon as main can be reached. Whoever makes it first is given that answer; it is
 * good once and for that connection only, so that nothing old is ever taken for new.
 */
export function askAhead(wire: Wire, name: CallName): Wire {
  let ahead: Promise<unknown> | undefined;
  const stop = wire.onConnection((isConnected) => {
    ahead = isConnected && ahead === undefined ? wire.call(name, {}) : undefined;
  });
  return {
    ...wire,
    call(called, input) {
      const answer = called === name ? ahead : undefined;
      if (answer === undefined) return wire.call(called, input);
      ahead = undefined;
      stop();
      return answer;
    },
  };
}
