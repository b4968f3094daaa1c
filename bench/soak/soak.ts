import { atMost, type Bench, type Context, type Result, type Table } from "#bench/bench";
import { signIn } from "#bench/outside/ask";
import type { Reader } from "#bench/outside/reader";
import { percentilesOf } from "#bench/spread";
import { startDatabase } from "#bench/start-database";
import { startServer } from "#bench/start-server";
import { startProxy } from "#e2e/proxy";
import { freePort } from "#scripts/free-port";
import { type Sample, sample } from "./samples.ts";
import { type Done, storm, type Victims } from "./storm.ts";
import { talk } from "./talk.ts";
import { createTally, type Tally, wrongIn } from "./tally.ts";

const MINUTES = 10;
const SMOKE_MS = 3_000;
const SMOKE_CALM_MS = { shortest: 10, longest: 100 };
const TALKERS = 12;
const SMOKE_TALKERS = 2;
const QUARTERS = 4;
/** What a process takes and gives back by itself is more than nothing. */
const FLAT = 1.1;
const MS_PER_MINUTE = 60_000;

export const bench: Bench = {
  name: "soak",
  question:
    "Does anybody miss a word, and does anything grow, while for minutes or hours all goes wrong that can?",
  byHand: true,
  run,
};

async function run(context: Context): Promise<Result> {
  const { smoke, minutes = MINUTES } = context;
  const database = await startDatabase(context);
  const steady = await startServer(context, { databaseUrl: database.url, env: { INSTANCE_ID: "steady" } });
  const network = await startProxy(steady.url);
  context.endWith(network.stop);
  const frail = await startFrail(context, database.url);

  const tally = createTally();
  const readers = new Set<Reader>();
  const urls = [network.url, frail.server.url];
  const lastsMs = smoke ? SMOKE_MS : minutes * MS_PER_MINUTE;
  const until = AbortSignal.any([context.signal, AbortSignal.timeout(lastsMs)]);
  const talker = async () => {
    const cookie = await signIn(steady.url);
    while (!until.aborted) await talk({ urls, cookie, tally, readers, until });
  };
  const report = setInterval(() => context.say(progress(tally)), MS_PER_MINUTE);
  context.endWith(() => clearInterval(report));
  const [done, samples] = await Promise.all([
    storm({ frail, network, readers }, { until, ...(smoke && { calmMs: SMOKE_CALM_MS }) }),
    sample(database.sql, { pid: steady.pid, words: () => tally.words, until }),
    ...Array.from({ length: smoke ? SMOKE_TALKERS : TALKERS }, talker),
  ]);
  return {
    tables: [happenedTable(tally, done), overTimeTable(samples)],
    budgets: smoke ? [] : budgets(samples),
    notes: [...NOTES, `It lasted ${Math.round(lastsMs / MS_PER_MINUTE)} minutes.`],
    gaps: wrongIn(tally),
  };
}

/** An instance that comes back at its address. */
async function startFrail(context: Context, databaseUrl: string): Promise<Victims["frail"]> {
  const env = { INSTANCE_ID: "frail", PORT: String(await freePort()) };
  const start = () => startServer(context, { databaseUrl, env });
  return { server: await start(), startAgain: start };
}

const progress = (tally: Tally) =>
  `${tally.completed} completed, ${tally.cancelled} cancelled, ${tally.failed} failed, ${wrongIn(tally)} wrong`;

function happenedTable(tally: Tally, done: Done): Table {
  return {
    title: "What happened, and what came of it",
    columns: [{ name: "what" }, { name: "times" }],
    rows: [
      ...[...done].sort().map(([what, times]) => [what, times]),
      ["answers completed", tally.completed],
      ["answers cancelled", tally.cancelled],
      ["answers failed, because their writer was killed three times", tally.failed],
      ["words that were read", tally.wordsRead],
      ["gaps", tally.gaps],
      ["doubles", tally.doubles],
      ["words lost", tally.lostWords],
      ["words twice", tally.doubledWords],
      ["readers who ended at another word than is stored", tally.differing],
      ["answers that are stored wrong", tally.garbled],
      ["answers that nobody ended", tally.stuck],
    ],
  };
}

const MIB = 2 ** 20;
const KIB = 2 ** 10;

function overTimeTable(samples: Sample[]): Table {
  return {
    title: "Over time",
    columns: [
      { name: "quarter of the time" },
      { name: "memory of the instance that is never killed", unit: "MiB" },
      { name: "pens, for each log", unit: "bytes" },
      { name: "index of what is open", unit: "KiB" },
      { name: "entries, for each word", unit: "bytes" },
    ],
    rows: quartersOf(samples).map((quarter, index) => [
      index + 1,
      middle(quarter, ({ memoryBytes }) => memoryBytes / MIB),
      middle(quarter, ({ penBytesPerLog }) => penBytesPerLog),
      middle(quarter, ({ openIndexBytes }) => openIndexBytes / KIB),
      middle(quarter, ({ entryBytesPerWord }) => entryBytesPerWord),
    ]),
  };
}

/** The first quarter warms up. */
function budgets(samples: Sample[]) {
  const [, second = [], , last = []] = quartersOf(samples);
  const growth = (figure: (sample: Sample) => number) =>
    (middle(last, figure) ?? 0) / (middle(second, figure) ?? 1);
  const flat = { limit: FLAT, unit: "×" };
  return [
    atMost({
      ...flat,
      what: "memory, last quarter over the second",
      measured: growth((one) => one.memoryBytes),
    }),
    atMost({ ...flat, what: "pens for each log, the same", measured: growth((one) => one.penBytesPerLog) }),
    atMost({
      ...flat,
      what: "entries for each word, the same",
      measured: growth((one) => one.entryBytesPerWord),
    }),
  ];
}

function quartersOf(samples: Sample[]): Sample[][] {
  const size = Math.ceil(samples.length / QUARTERS);
  return Array.from({ length: QUARTERS }, (_, index) =>
    samples.slice(index * size, (index + 1) * size),
  ).filter((quarter) => quarter.length > 0);
}

const middle = (quarter: Sample[], figure: (sample: Sample) => number): number | null =>
  quarter.length > 0 ? percentilesOf(quarter.map(figure)).p50 : null;

const NOTES = [
  `${TALKERS} people each have one conversation after another, five prompts long and read by three devices that come at different times and return by number, now to one instance and now to the other. One prompt in four is stopped. One of the two instances is killed again and again; the other is reached through a network that breaks and falls silent.`,
  "After each answer all its readers must be at the last word that is stored, and what is stored must be a beginning of what the model says.",
];
