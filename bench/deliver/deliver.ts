import { setTimeout as pause } from "node:timers/promises";
import { FLUSH_FOLLOWED_MS, FLUSH_UNFOLLOWED_MS } from "#lib/log/limits";
import { atMost, type Bench, type Context, type Result } from "../bench.ts";
import { compare } from "../compare.ts";
import { type Speech, startProvider } from "../provider.ts";
import { percentilesOf } from "../spread.ts";
import { startDatabase } from "../start-database.ts";
import { BY_HTTP, openHttpRoads } from "./http-roads.ts";
import { COMMIT_TO_OTHER, openProcessRoads } from "./process-roads.ts";
import { DIRECT, openRivalRoads } from "./rival-roads.ts";
import type { Road } from "./road.ts";

type Load = { answers: number; speech: Speech };
type Figures = Record<"first" | "firstP95" | "p50" | "p95" | "p99", number>;

const FULL: Load = { answers: 10, speech: { words: 150, apartMs: 20 } };
const SMOKE: Load = { answers: 2, speech: { words: 10, apartMs: 20 } };
const BUDGET_FIRST_MS = 10;
const BUDGET_COMMIT_P50_MS = 5;
const BUDGET_COMMIT_P99_MS = 25;

export const bench: Bench = {
  name: "deliver",
  question: "How long does a word take from the model to a reader?",
  run,
};

async function run(context: Context): Promise<Result> {
  const database = await startDatabase(context);
  const providerUrl = await startProvider(context);
  const rivals = await openRivalRoads(context, providerUrl);
  const roads = [
    // A database of its own: a server on the same one would take what is promised there, and has no such model.
    ...(await openProcessRoads(context, await database.another())),
    ...(await openHttpRoads(context, { databaseUrl: database.url, providerUrl })),
    ...rivals.roads,
  ];
  const load = context.smoke ? SMOKE : FULL;
  let gaps = 0;
  const contestants = roads.map((road) => ({
    name: road.name,
    async run() {
      const one = await measured(road, load);
      gaps += one.missed;
      return one.figures;
    },
  }));
  const found = await compare(context, contestants);
  const median = (name: string, of: keyof Figures) => found.get(name)?.[of].median ?? Number.NaN;
  return {
    tables: [
      {
        title: `From the model to the reader, ${load.answers} answers at once, ${1000 / load.speech.apartMs} words a second each`,
        columns: [
          { name: "" },
          { name: "first word, p50", unit: "ms" },
          { name: "first word, p95", unit: "ms" },
          { name: "later words, p50", unit: "ms" },
          { name: "p95", unit: "ms" },
          { name: "p99", unit: "ms" },
        ],
        rows: [...found].map(([name, of]) => [name, of.first, of.firstP95, of.p50, of.p95, of.p99]),
      },
    ],
    budgets: [
      atMost({
        what: "first word by HTTP, over a direct pipe, p50",
        limit: BUDGET_FIRST_MS,
        measured: median(BY_HTTP, "first") - median(DIRECT, "first"),
        unit: "ms",
      }),
      atMost({
        what: "commit to a subscriber in another process, p50",
        limit: BUDGET_COMMIT_P50_MS,
        measured: median(COMMIT_TO_OTHER, "p50"),
        unit: "ms",
      }),
      atMost({
        what: "commit to a subscriber in another process, p99",
        limit: BUDGET_COMMIT_P99_MS,
        measured: median(COMMIT_TO_OTHER, "p99"),
        unit: "ms",
      }),
    ],
    gaps,
    notes: [
      "The model stamps each word with the moment at which it says it. By HTTP, model server and reader are in the process of the bench and what is measured is between them; without HTTP, the model is in the process that writes.",
      `Rejoin tells a word when it is committed. After the first, words wait for company on purpose: up to ${FLUSH_FOLLOWED_MS} ms while somebody follows, ${FLUSH_UNFOLLOWED_MS} ms otherwise.`,
      "A direct pipe is the AI SDK on bare Node; nothing is kept, and a reload loses the answer. resumable-stream keeps the answer in the memory of the process that asks the model.",
      ...rivals.notes,
    ],
  };
}

async function measured(
  road: Road,
  { answers, speech }: Load,
): Promise<{ figures: Figures; missed: number }> {
  // Answers that are independent of each other do not speak in step.
  const travel = async (index: number) => {
    await pause((speech.apartMs * index) / answers);
    return road.travel(speech);
  };
  const ears = await Promise.all(Array.from({ length: answers }, (_, index) => travel(index)));
  const first = percentilesOf(ears.map(({ waysMs }) => waysMs[0] ?? Number.NaN));
  const later = percentilesOf(ears.flatMap(({ waysMs }) => waysMs.slice(1)));
  return {
    figures: { first: first.p50, firstP95: first.p95, ...later },
    missed: ears.reduce((sum, ear) => sum + Math.abs(speech.words - ear.waysMs.length) + ear.disordered(), 0),
  };
}
