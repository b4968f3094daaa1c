import type { Seen } from "#bench/outside/scan-frames";

/** What went well and what must never happen, added up over all talks. */
export type Tally = {
  completed: number;
  cancelled: number;
  failed: number;
  /** Those that are stored, and those that readers read. */
  words: number;
  wordsRead: number;
  gaps: number;
  doubles: number;
  lostWords: number;
  doubledWords: number;
  /** Readers whose last word is not the last one that is stored. */
  differing: number;
  /** Answers that are stored as something else than a beginning of what the model says. */
  garbled: number;
  /** Answers that nobody ended. */
  stuck: number;
};

export const createTally = (): Tally => ({
  completed: 0,
  cancelled: 0,
  failed: 0,
  words: 0,
  wordsRead: 0,
  gaps: 0,
  doubles: 0,
  lostWords: 0,
  doubledWords: 0,
  differing: 0,
  garbled: 0,
  stuck: 0,
});

export const wrongIn = (tally: Tally): number =>
  tally.gaps +
  tally.doubles +
  tally.lostWords +
  tally.doubledWords +
  tally.differing +
  tally.garbled +
  tally.stuck;

export function addSeen(tally: Tally, { gaps, doubles, lostWords, doubledWords }: Seen): void {
  tally.gaps += gaps;
  tally.doubles += doubles;
  tally.lostWords += lostWords;
  tally.doubledWords += doubledWords;
}
