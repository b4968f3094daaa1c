import { atLeast, type Bench, type Context, type Result, type Table } from "#bench/bench";
import { compare } from "#bench/compare";
import { type Place, startPlace } from "#bench/outside/place";
import { type Spread, scaled } from "#bench/spread";
import { type Burst, measureBurst } from "./measure-burst.ts";
import { type Load, measureLoad, type Size } from "./measure-load.ts";

const WORD_EVERY_MS = 20;
const WORDS_PER_SECOND = 1_000 / WORD_EVERY_MS;
const READERS_EACH = 2;
const ONE_SERVER = [10, 50, 100, 200, 300, 400, 500];
const TWO_SERVERS = [200, 500];
const BURSTS = [10, 100, 200];
const SMOKE_GENERATIONS = 4;
const ROUNDS = { runs: 3, warmUps: 0 };
/** Of the words. A server that gets behind does so by more than what a short delay at the end makes. */
const KEPT_UP = 0.95;
const LATE_MS = 1_000;
const GENERATIONS_NOW = 200;
const GENERATIONS_GOAL = 500;

export const bench: Bench = {
  name: "load",
  question: `How many answers are written at ${WORDS_PER_SECOND} words a second each, from the provider to ${READERS_EACH} readers each?`,
  run,
};

type Loaded = { generations: number; servers: number; load: Record<keyof Load, Spread> };

async function run(context: Context): Promise<Result> {
  const place = await startPlace(context);
  const providerUrl = await place.outside.order("startProvider", { everyMs: WORD_EVERY_MS });
  const loaded = await runLoads(place, providerUrl);
  const missed = loaded.reduce((sum, { load }) => sum + load.missed.high, 0);
  return {
    tables: [loadTable(loaded), burstTable(await runBursts(place, providerUrl))],
    budgets: budgets(loaded),
    notes: NOTES,
    gaps: missed,
  };
}

async function runLoads(place: Place, providerUrl: string): Promise<Loaded[]> {
  const { smoke } = place.context;
  const on = (servers: number, all: number[]) =>
    (smoke ? [SMOKE_GENERATIONS] : all).map((generations) => ({
      generations,
      servers,
      readersEach: READERS_EACH,
    }));
  const sizes: Size[] = [...on(1, ONE_SERVER), ...on(2, TWO_SERVERS)];
  const results = await compare<keyof Load>(
    place.context,
    sizes.map((size) => ({ name: nameOf(size), run: () => measureLoad(place, providerUrl, size) })),
    ROUNDS,
  );
  return sizes.flatMap((size) => {
    const load = results.get(nameOf(size));
    return load ? [{ ...size, load }] : [];
  });
}

const nameOf = ({ generations, servers }: Size) => `${generations} on ${servers}`;

const keepsUp = ({ kept, p99Ms, missed }: Pick<Load, "kept" | "p99Ms" | "missed">): boolean =>
  kept >= KEPT_UP && p99Ms <= LATE_MS && missed === 0;

async function runBursts(
  place: Place,
  providerUrl: string,
): Promise<Map<string, Record<keyof Burst, Spread>>> {
  const sizes = place.context.smoke ? [SMOKE_GENERATIONS] : BURSTS;
  const contestants = sizes.map((prompts) => ({
    name: String(prompts),
    run: () => measureBurst(place, providerUrl, prompts),
  }));
  return compare<keyof Burst>(place.context, contestants, ROUNDS);
}

function loadTable(loaded: Loaded[]): Table {
  return {
    title: "Words that flow",
    columns: [
      { name: "answers" },
      { name: "instances" },
      { name: "words that came", unit: "% of those written" },
      { name: "provider to reader, p50", unit: "ms" },
      { name: "p99", unit: "ms" },
      { name: "missed or twice" },
      { name: "CPU of the instances", unit: "% of a core" },
      { name: "CPU of Postgres", unit: "% of a core" },
      { name: "CPU of provider and readers", unit: "% of a core" },
      { name: "memory of the instances", unit: "MiB" },
      { name: "database", unit: "bytes/word" },
    ],
    rows: loaded.map(({ generations, servers, load }) => [
      generations,
      servers,
      scaled(load.kept, 100),
      load.p50Ms,
      load.p99Ms,
      load.missed.high,
      load.serverPercent,
      load.postgresPercent,
      load.outsidePercent,
      scaled(load.memoryBytes, 1 / 2 ** 20),
      load.databaseBytesPerWord,
    ]),
  };
}

function burstTable(bursts: Map<string, Record<keyof Burst, Spread>>): Table {
  return {
    title: "Prompts in one moment",
    columns: [
      { name: "prompts" },
      { name: "accepted after, p50", unit: "ms" },
      { name: "first word after, p50", unit: "ms" },
      { name: "first word after, p95", unit: "ms" },
    ],
    rows: [...bursts].map(([prompts, { acceptedMs, firstWordMs, firstWordP95Ms }]) => [
      Number(prompts),
      acceptedMs,
      firstWordMs,
      firstWordP95Ms,
    ]),
  };
}

/** The most answers that one instance kept up with in every run, and no reader missed anything. */
function budgets(loaded: Loaded[]) {
  const kept = loaded.filter(({ servers, load: { kept, p99Ms, missed } }) => {
    const worst = { kept: kept.low, p99Ms: p99Ms.high, missed: missed.high };
    return servers === 1 && keepsUp(worst);
  });
  const measured = Math.max(0, ...kept.map(({ generations }) => generations));
  const what = `answers at ${WORDS_PER_SECOND} words/s in one process, without a gap`;
  return [
    atLeast({ what: `${what}, now`, limit: GENERATIONS_NOW, measured, unit: "answers" }),
    atLeast({ what: `${what}, as the goal`, limit: GENERATIONS_GOAL, measured, unit: "answers" }),
  ];
}

const NOTES = [
  "End to end: a provider speaks OpenAI's protocol over HTTP, the production build answers, readers follow over HTTP. Every word carries its number and the moment at which it was written, so that each reader knows at once what it missed. Provider and readers share one process, and the machine with the server and Postgres.",
  `So many answers are too many where less than ${KEPT_UP * 100} % of the words came in the time in which they were written, or p99 was above ${LATE_MS / 1_000} s, in any run. What was late is not lost: it comes later, or it would be in the column for that. 0 % stands for a run in which some had not even begun after a while.`,
  "With two instances the prompts are spread over both and so are the readers: half of them read what the other instance writes.",
  "The database grows by entries, which are deleted after two days, and by messages, which stay.",
];
