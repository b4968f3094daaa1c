import type { Context } from "#bench/bench";
import type { BenchDatabase } from "#bench/start-database";

export type Place = { context: Context; database: BenchDatabase; rounds: number };

/** How long each of several rounds took, and what its reader missed or got twice. */
export type Rounds = { what: string; timesMs: number[]; missed: number };

/** Rounds that go on with what the round before left behind. */
export async function inRounds(
  { context, rounds }: Place,
  one: (round: number) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    context.signal.throwIfAborted();
    await one(round);
  }
}
