import { type Percentiles, percentilesOf } from "#bench/spread";

/** Times of words on their way: from when the provider wrote them to when a reader had them. */
export type Counted = { words: number; latencyMs: Percentiles | null };

/** What readers say of each word, while it is being counted. */
export function createTally(now: () => number) {
  let latenciesMs: number[] = [];
  let words = 0;
  let isCounting = false;
  return {
    onWord(stamp: number | undefined): void {
      if (!isCounting) return;
      words += 1;
      if (stamp !== undefined) latenciesMs.push(now() - stamp / 10);
    },
    start(): void {
      latenciesMs = [];
      words = 0;
      isCounting = true;
    },
    stop(): Counted {
      isCounting = false;
      return { words, latencyMs: latenciesMs.length > 0 ? percentilesOf(latenciesMs) : null };
    },
  };
}
