/** What was measured in several runs: the middle one, and how far the others lie from it. */
export type Spread = { median: number; low: number; high: number; runs: number };

export function spreadOf(values: number[]): Spread {
  const sorted = ascending(values);
  return {
    median: quantile(sorted, 0.5),
    low: quantile(sorted, 0),
    high: quantile(sorted, 1),
    runs: sorted.length,
  };
}

/** The same in another unit. */
export const scaled = ({ median, low, high, runs }: Spread, factor: number): Spread => ({
  median: median * factor,
  low: low * factor,
  high: high * factor,
  runs,
});

/** Three looks at many samples of one run. */
export type Percentiles = { p50: number; p95: number; p99: number };

export function percentilesOf(samples: number[]): Percentiles {
  const sorted = ascending(samples);
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99) };
}

function ascending(values: number[]): number[] {
  if (values.length === 0) throw new Error("nothing was measured");
  return values.toSorted((a, b) => a - b);
}

/** Between two values it lies on the line between them. */
function quantile(sorted: number[], share: number): number {
  const place = share * (sorted.length - 1);
  const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}
