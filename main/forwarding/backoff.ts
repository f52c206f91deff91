export interface BackoffRule {
  readonly firstMs: number;
  readonly capMs: number;
}

/** Exponential backoff with full jitter: anywhere between 0 and the doubled delay, but never under a tenth of it. */
export function backoffMs(rule: BackoffRule, failures: number, random: () => number): number {
  const ceiling = Math.min(rule.capMs, rule.firstMs * 2 ** Math.min(failures, 30));
  return Math.round(ceiling * Math.max(0.1, random()));
}
