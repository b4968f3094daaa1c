import type { Browser } from "@playwright/test";
import type { Bench, Context, Result, Table } from "#bench/bench";
import { compare } from "#bench/compare";
import { type Spread, scaled } from "#bench/spread";
import { startDatabase } from "#bench/start-database";
import { startServer } from "#bench/start-server";
import { signInAsGuest } from "#e2e/api";
import { DESK, PHONE, startBrowser } from "./browser.ts";
import { type Answered, measureAnswer, type Talk } from "./measure-answer.ts";
import { measureOpening, type Opening } from "./measure-opening.ts";

const KINDS = [DESK, PHONE];
const SMOKE_KINDS = [DESK];
const TALKS: Talk[] = [
  { words: 500, apartMs: 20, wordsBefore: 0 },
  { words: 500, apartMs: 20, wordsBefore: 5_000 },
];
const SMOKE_TALKS: Talk[] = [{ words: 5, apartMs: 20, wordsBefore: 0 }];
const KIB = 1024;

export const bench: Bench = {
  name: "page",
  question:
    "What does the page load, how soon does it show a word, and how busy is it while an answer comes?",
  run,
};

type Place = { context: Context; browser: Browser; url: string; cookie: string };
type Measured<Name extends string> = Map<string, Record<Name, Spread>>;

async function run(context: Context): Promise<Result> {
  const browser = await startBrowser(context);
  const { url: databaseUrl } = await startDatabase(context);
  const { url } = await startServer(context, { databaseUrl });
  const api = await signInAsGuest(url, { unchecked: true });
  const place = { context, browser, url, cookie: api.cookie ?? "" };
  const { id } = await api.create();
  await api.answered(id, "Show me what you can do.");
  const openings = await runOpenings(place, `/conversations/${id}`);
  const answers = await runAnswers(place);
  const missed = [...answers.values()].reduce((sum, answered) => sum + answered.missed.high, 0);
  return {
    tables: [weightTable(openings), openingTable(openings), answerTable(answers)],
    notes: NOTES,
    gaps: missed,
  };
}

async function runOpenings(place: Place, conversation: string): Promise<Measured<keyof Opening>> {
  const kinds = place.context.smoke ? SMOKE_KINDS : KINDS;
  const paths = { "a new conversation": "/", "a conversation with an answer": conversation };
  return compare<keyof Opening>(
    place.context,
    kinds.flatMap((kind) =>
      Object.entries(paths).map(([what, path]) => ({
        name: `${what}, ${kind.name}`,
        run: () => measureOpening({ ...place, kind }, path),
      })),
    ),
  );
}

async function runAnswers(place: Place): Promise<Measured<keyof Answered>> {
  const { smoke } = place.context;
  return compare<keyof Answered>(
    place.context,
    (smoke ? SMOKE_KINDS : KINDS).flatMap((kind) =>
      (smoke ? SMOKE_TALKS : TALKS).map((talk) => ({
        name: `after ${talk.wordsBefore} words, ${kind.name}`,
        run: () => measureAnswer({ ...place, kind }, talk),
      })),
    ),
    { runs: 3 },
  );
}

function weightTable(openings: Measured<keyof Opening>): Table {
  return {
    title: "What comes over the wire on a first visit",
    columns: [
      { name: "page" },
      { name: "script", unit: "KiB" },
      { name: "styles", unit: "KiB" },
      { name: "fonts", unit: "KiB" },
      { name: "document", unit: "KiB" },
      { name: "requests" },
    ],
    rows: [...openings].map(([what, opening]) => [
      what,
      scaled(opening.scriptBytes, 1 / KIB),
      scaled(opening.styleBytes, 1 / KIB),
      scaled(opening.fontBytes, 1 / KIB),
      scaled(opening.documentBytes, 1 / KIB),
      opening.requests,
    ]),
  };
}

function openingTable(openings: Measured<keyof Opening>): Table {
  return {
    title: "How soon a first visit sees something",
    columns: [
      { name: "page" },
      { name: "first paint", unit: "ms" },
      { name: "largest paint", unit: "ms" },
      { name: "takes what is typed", unit: "ms" },
    ],
    rows: [...openings].map(([what, { firstPaintMs, largestPaintMs, readyMs }]) => [
      what,
      firstPaintMs,
      largestPaintMs,
      readyMs,
    ]),
  };
}

function answerTable(answers: Measured<keyof Answered>): Table {
  return {
    title: "While an answer comes, 50 words a second",
    columns: [
      { name: "conversation" },
      { name: "Enter to first word on the screen", unit: "ms" },
      { name: "long tasks" },
      { name: "longest", unit: "ms" },
      { name: "above 50 ms, together", unit: "ms" },
      { name: "page computes", unit: "% of the time" },
      { name: "frames", unit: "1/s" },
      { name: "words missing" },
    ],
    rows: [...answers].map(([what, answered]) => [
      what,
      answered.firstWordMs,
      answered.longTasks,
      answered.longestTaskMs,
      answered.blockedMs,
      answered.busyPercent,
      answered.framesPerSecond,
      answered.missed.high,
    ]),
  };
}

const NOTES = [
  "The desk is this machine. The phone is four times slower and on a slow mobile network (1.6 Mbit/s, 150 ms), as Lighthouse has it; the browser plays it.",
  "Caches are empty each time. Bytes are those on the wire, compressed, with headers.",
  "The demo model says its first word after 20 ms; that is in the time from Enter.",
  "A task is long above 50 ms: so long does a page take no key. The browser shares the machine with the server.",
];
