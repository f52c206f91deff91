/** Durations in buckets that grow by a fifth: a percentile is right to within a tenth, whatever the load. */
export interface Histogram {
  readonly counts: readonly number[];
}

const FIRST_MS = 1;
const GROWTH = 1.2;
/** Up to about an hour; what is longer counts as that. */
const BUCKETS = 84;

export const emptyHistogram: Histogram = { counts: [] };

function bucketOf(durationMs: number): number {
  if (durationMs <= FIRST_MS) return 0;
  return Math.min(BUCKETS - 1, Math.ceil(Math.log(durationMs / FIRST_MS) / Math.log(GROWTH)));
}

export function withDuration({ counts }: Histogram, durationMs: number): Histogram {
  const bucket = bucketOf(durationMs);
  const length = Math.max(counts.length, bucket + 1);
  return { counts: Array.from({ length }, (_, at) => (counts[at] ?? 0) + (at === bucket ? 1 : 0)) };
}

/** The duration that so many of a hundred do not exceed, in whole milliseconds; undefined where there is none at all. */
export function percentile({ counts }: Histogram, percent: number): number | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let seen = 0;
  for (const [bucket, count] of counts.entries()) {
    seen += count;
    // The middle of the bucket: neither flattering nor unkind.
    if (seen >= (total * percent) / 100) return Math.round(FIRST_MS * GROWTH ** (bucket - 0.5));
  }
  return undefined;
}
