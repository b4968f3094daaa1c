import type { Context } from "./bench.ts";
import { type Spread, spreadOf } from "./spread.ts";

/** One way to do what the bench asks about. Each run says what it measured, by name. */
export type Contestant<Name extends string> = { name: string; run(): Promise<Record<Name, number>> };

const RUNS = 5;
const WARM_UPS = 1;

/**
 * Runs contestants in turn, round after round, so that a machine that is busy for a while is busy for all of them.
 * The first rounds warm up and do not count.
 */
export async function compare<Name extends string>(
  { smoke, signal, say }: Pick<Context, "smoke" | "signal" | "say">,
  contestants: Contestant<Name>[],
  { runs = RUNS, warmUps = WARM_UPS }: { runs?: number; warmUps?: number } = {},
): Promise<Map<string, Record<Name, Spread>>> {
  const rounds = smoke ? 1 : warmUps + runs;
  const firstThatCounts = smoke ? 1 : warmUps + 1;
  const measured = new Map<string, Record<Name, number>[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    const counts = round >= firstThatCounts;
    for (const { name, run } of contestants) {
      signal.throwIfAborted();
      const startedAtMs = performance.now();
      const one = await run();
      if (counts) measured.get(name)?.push(one);
      const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
      say(`${name}: ${counts ? `run ${round - firstThatCounts + 1}` : "warm-up"}, ${seconds} s`);
    }
  }
  return new Map([...measured].map(([name, all]) => [name, spreads(all)]));
}

/** One contestant alone. */
export async function repeated<Name extends string>(
  context: Pick<Context, "smoke" | "signal" | "say">,
  contestant: Contestant<Name>,
  rounds: { runs?: number; warmUps?: number } = {},
): Promise<Record<Name, Spread>> {
  const all = await compare(context, [contestant], rounds);
  return all.get(contestant.name) as Record<Name, Spread>;
}

function spreads<Name extends string>(all: Record<Name, number>[]): Record<Name, Spread> {
  const names = Object.keys(all[0] ?? {}) as Name[];
  return Object.fromEntries(names.map((name) => [name, spreadOf(all.map((one) => one[name]))])) as Record<
    Name,
    Spread
  >;
}
