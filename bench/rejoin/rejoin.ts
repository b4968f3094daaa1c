import { signInAsGuest } from "#e2e/api";
import { atMost, type Bench, type Context, type Result, type Table } from "../bench.ts";
import { compare } from "../compare.ts";
import type { Spread } from "../spread.ts";
import { startDatabase } from "../start-database.ts";
import { startServer } from "../start-server.ts";
import { type InFlight, openWriter, TOKENS_PER_ENTRY } from "./in-flight.ts";
import { WAYS } from "./join.ts";

type Figures = Record<"ms" | "bytes", Spread>;
/** What each way took, for an answer that had come so far. */
type Found = { answer: InFlight; ways: Map<string, Figures> };

const FULL = [100, 1_000, 10_000, 100_000];
const SMOKE = [100, 1_000];
const BUDGET_TOKENS = 10_000;
const BUDGET_MS = 50;
const BUDGET_TIMES_TEXT = 3;

export const bench: Bench = {
  name: "rejoin",
  question: "How long until a reader who comes back to an answer in flight has its last word?",
  run,
};

async function run(context: Context): Promise<Result> {
  const { url: databaseUrl } = await startDatabase(context);
  const server = await startServer(context, { databaseUrl });
  const writer = await openWriter(context, databaseUrl);
  const api = await signInAsGuest(server.url, { unchecked: true });
  const found: Found[] = [];
  let gaps = 0;
  for (const tokens of context.smoke ? SMOKE : FULL) {
    context.say(`an answer of ${tokens} tokens`);
    const answer = await writer.begin(api, tokens);
    const contestants = WAYS.map(({ name, join }) => ({
      name,
      async run() {
        const { missed, ...figures } = await join(api, answer);
        gaps += missed;
        return figures;
      },
    }));
    found.push({ answer, ways: await compare(context, contestants) });
  }
  return {
    tables: [
      table(found, "Time to the last word", "ms"),
      table(found, "Bytes to the last word", "bytes"),
      growthTable(found),
    ],
    budgets: budgets(found),
    gaps,
    notes: [
      `The answer is written through the flusher by another process, ${TOKENS_PER_ENTRY} tokens an entry, which is as finely as entries are cut at 50 tokens a second, and its generation is running.`,
      "A reader asks the built server over HTTP for what comes after its number, parses what it is told, and stops at `caught-up`; or it loads the snapshot. Every word is compared.",
    ],
  };
}

function table(found: Found[], title: string, of: "ms" | "bytes"): Table {
  return {
    title,
    columns: [{ name: "tokens" }, { name: "entries" }, ...WAYS.map(({ name }) => ({ name, unit: of }))],
    rows: found.map(({ answer, ways }) => [
      answer.tokens,
      answer.entries,
      ...WAYS.map(({ name }) => ways.get(name)?.[of] ?? null),
    ]),
  };
}

function growthTable(found: Found[]): Table {
  const rows = found.slice(1).map(({ answer, ways }, index) => {
    const before = found[index] as Found;
    return [
      `${counted(before.answer)} to ${counted(answer)} tokens`,
      ...WAYS.map(({ name }) => median(ways, name, "ms") / median(before.ways, name, "ms")),
    ];
  });
  return {
    title: "How the time grows while the answer grows tenfold",
    columns: [{ name: "" }, ...WAYS.map(({ name }) => ({ name, unit: "×" }))],
    rows,
  };
}

function budgets(found: Found[]) {
  const { answer, ways } =
    found.find(({ answer }) => answer.tokens === BUDGET_TOKENS) ?? (found.at(-1) as Found);
  const textBytes = Buffer.byteLength(answer.textAfter(0));
  return WAYS.filter(({ name }) => name === "after 0 %" || name === "snapshot").flatMap(({ name }) => [
    atMost({
      what: `time to the last word of ${counted(answer)} tokens, ${name}`,
      limit: BUDGET_MS,
      measured: median(ways, name, "ms"),
      unit: "ms",
    }),
    atMost({
      what: `bytes to the last word of ${counted(answer)} tokens, ${name}, over those of its text`,
      limit: BUDGET_TIMES_TEXT,
      measured: median(ways, name, "bytes") / textBytes,
      unit: "×",
    }),
  ]);
}

const median = (ways: Found["ways"], name: string, of: "ms" | "bytes") =>
  ways.get(name)?.[of].median ?? Number.NaN;

const counted = ({ tokens }: InFlight) => tokens.toLocaleString("en-US");
