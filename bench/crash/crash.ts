import { atMost, type Bench, type Context, type Result } from "#bench/bench";
import { startPacedProvider } from "#bench/outside/paced-provider";
import { percentilesOf } from "#bench/spread";
import { startDatabase } from "#bench/start-database";
import { measureCancels } from "./cancels.ts";
import { startInstances } from "./instances.ts";
import { measureRestarts } from "./restarts.ts";
import type { Rounds } from "./rounds.ts";
import { measureTakeovers } from "./takeovers.ts";

const ROUNDS = 20;
const WORD_EVERY_MS = 20;
const TAKEOVER_GOAL_MS = 3_000;
const RESTART_GOAL_MS = 1_000;
const CANCEL_GOAL_MS = 250;

export const bench: Bench = {
  name: "crash",
  question: "How soon does an answer go on after a kill -9, and how soon does a Stop reach the provider?",
  run,
};

async function run(context: Context): Promise<Result> {
  const database = await startDatabase(context);
  const place = { context, database, rounds: context.smoke ? 1 : ROUNDS };
  const provider = await startPacedProvider({ everyMs: WORD_EVERY_MS, now: () => performance.now() });
  context.endWith(provider.stop);
  const instances = await startInstances(place, {
    OPENAI_COMPATIBLE_BASE_URL: provider.url,
    OPENAI_COMPATIBLE_MODELS: "paced,held",
    DEFAULT_MODEL: "demo/demo",
  });
  const takeover = await measureTakeovers(place, instances);
  const cancels = await measureCancels(place, instances, provider);
  await Promise.all([...instances.all.values()].map((server) => server.stop()));
  const restart = await measureRestarts(place);
  const rows = [takeover, restart.serving, restart.goingOn, ...cancels];
  const p95 = ({ timesMs }: Rounds) => percentilesOf(timesMs).p95;
  return {
    tables: [
      {
        title: "From the kill, or the Stop",
        columns: [
          { name: "to" },
          { name: "rounds" },
          { name: "p50", unit: "ms" },
          { name: "p95", unit: "ms" },
          { name: "longest", unit: "ms" },
          { name: "missed or twice" },
        ],
        rows: rows.map(({ what, timesMs, missed }) => {
          const { p50, p95 } = percentilesOf(timesMs);
          return [what, timesMs.length, p50, p95, Math.max(...timesMs), missed];
        }),
      },
    ],
    budgets: [
      atMost({ what: "killed, p95", limit: TAKEOVER_GOAL_MS, measured: p95(takeover), unit: "ms" }),
      atMost({
        what: "started again, p95",
        limit: RESTART_GOAL_MS,
        measured: p95(restart.goingOn),
        unit: "ms",
      }),
      atMost({
        what: "stopped, p95",
        limit: CANCEL_GOAL_MS,
        measured: Math.max(...cancels.map(p95)),
        unit: "ms",
      }),
    ],
    notes: NOTES,
    gaps: rows.reduce((sum, { missed }) => sum + missed, 0),
  };
}

const NOTES = [
  "A killed instance writes an answer of the demo model, 20 ms a word, that somebody reads on the other instance. The time ends with the first word of the new attempt at that reader.",
  "An instance that is started again counts from the moment at which it serves; how long it takes to get there stands beside. Nobody else could have taken its answer.",
  "A Stop counts from the request to the moment at which the provider, which would never have ended, sees its own request closed.",
];
