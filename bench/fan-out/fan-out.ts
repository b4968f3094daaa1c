import { atLeast, atMost, type Bench, type Context, type Result, type Table } from "#bench/bench";
import { compare } from "#bench/compare";
import { type Place, startPlace } from "#bench/outside/place";
import { type Spread, scaled } from "#bench/spread";
import { fileLimit } from "./file-limit.ts";
import { type Following, measureFollowers } from "./measure-followers.ts";
import { measureStalls, type Readers, type Stalls } from "./measure-stalls.ts";

const FOLLOWERS = [1, 10, 100, 1_000, 5_000];
const SMOKE_FOLLOWERS = [10];
const WORD_EVERY_MS = 200;
const FOLLOWERS_NOW = 1_000;
const FOLLOWERS_GOAL = 5_000;
const IDLE_KIB = 110;
/** Below this, what a follower takes is lost in what a process takes and gives back by itself. */
const WEIGHED_FROM = 1_000;
/** What a server and its readers need files for besides. */
const OTHER_FILES = 200;

const LARGE_WORD_BYTES = 32 * 1024;
const LARGE_WORD_EVERY_MS = 50;
const STALLS: Readers[] = [
  { flowing: 10, stalled: 0 },
  { flowing: 10, stalled: 20 },
];
const SMOKE_STALLS: Readers[] = [{ flowing: 2, stalled: 2 }];
const ROUNDS = { runs: 3, warmUps: 0 };
const KIB = 1024;
const MIB = 1024 * KIB;

export const bench: Bench = {
  name: "fan-out",
  question: "What does one more reader of the same answer cost, and what one who stalls?",
  run,
};

type Followed = { followers: number; following: Record<keyof Following, Spread> };
type Stalled = { readers: Readers; stalls: Record<keyof Stalls, Spread> };

async function run(context: Context): Promise<Result> {
  const place = await startPlace(context);
  const sizes = context.smoke ? SMOKE_FOLLOWERS : FOLLOWERS;
  const within = sizes.filter((followers) => followers + OTHER_FILES <= fileLimit());
  const followed = await runFollowers(place, within);
  const stalled = await runStalls(place, context.smoke ? SMOKE_STALLS : STALLS);
  const left = sizes.filter((followers) => !within.includes(followers));
  const missed = [...followed.map((one) => one.following.missed), ...stalled.map((one) => one.stalls.missed)];
  return {
    tables: [followersTable(followed), stallsTable(stalled)],
    budgets: context.smoke ? [] : budgets(followed),
    notes: [
      ...NOTES,
      ...left.map(
        (followers) => `${followers} followers were left out: this machine opens ${fileLimit()} files.`,
      ),
    ],
    gaps: missed.reduce((sum, { high }) => sum + high, 0),
  };
}

async function runFollowers(place: Place, sizes: number[]): Promise<Followed[]> {
  const providerUrl = await place.outside.order("startProvider", { everyMs: WORD_EVERY_MS });
  const results = await compare<keyof Following>(
    place.context,
    sizes.map((followers) => ({
      name: `${followers} followers`,
      run: () => measureFollowers(place, providerUrl, followers),
    })),
    ROUNDS,
  );
  return sizes.flatMap((followers) => {
    const following = results.get(`${followers} followers`);
    return following ? [{ followers, following }] : [];
  });
}

async function runStalls(place: Place, all: Readers[]): Promise<Stalled[]> {
  const providerUrl = await place.outside.order("startProvider", {
    everyMs: LARGE_WORD_EVERY_MS,
    wordBytes: LARGE_WORD_BYTES,
  });
  const bytesPerMs = LARGE_WORD_BYTES / LARGE_WORD_EVERY_MS;
  const results = await compare<keyof Stalls>(
    place.context,
    all.map((readers) => ({
      name: `${readers.stalled} stalled`,
      run: () => measureStalls(place, { providerUrl, bytesPerMs }, readers),
    })),
    ROUNDS,
  );
  return all.flatMap((readers) => {
    const stalls = results.get(`${readers.stalled} stalled`);
    return stalls ? [{ readers, stalls }] : [];
  });
}

function followersTable(followed: Followed[]): Table {
  return {
    title: `Followers of one answer, ${1_000 / WORD_EVERY_MS} words a second`,
    columns: [
      { name: "followers" },
      { name: "CPU of the server for each word and follower", unit: "µs" },
      { name: "provider to reader, p50", unit: "ms" },
      { name: "p99", unit: "ms" },
      { name: "memory for each idle follower", unit: "KiB" },
      { name: "missed or twice" },
    ],
    rows: followed.map(({ followers, following }) => [
      followers,
      following.cpuUs,
      following.p50Ms,
      following.p99Ms,
      followers < WEIGHED_FROM ? null : scaled(following.idleBytes, 1 / KIB),
      following.missed.high,
    ]),
  };
}

function stallsTable(stalled: Stalled[]): Table {
  return {
    title: `Readers who stall, ${LARGE_WORD_BYTES / KIB} KiB every ${LARGE_WORD_EVERY_MS} ms`,
    columns: [
      { name: "reading" },
      { name: "stalled" },
      { name: "not taken meanwhile by those who stall", unit: "MiB" },
      { name: "the server grew by", unit: "MiB" },
      { name: "provider to those who read, p99", unit: "ms" },
      { name: "missed or twice, when all is read" },
    ],
    rows: stalled.map(({ readers, stalls }) => [
      readers.flowing,
      readers.stalled,
      scaled(stalls.owedBytes, 1 / MIB),
      scaled(stalls.grownBytes, 1 / MIB),
      stalls.p99Ms,
      stalls.missed.high,
    ]),
  };
}

function budgets(followed: Followed[]) {
  const whole = followed.filter(({ following }) => following.missed.high === 0);
  const measured = Math.max(0, ...whole.map(({ followers }) => followers));
  const weighed = followed.filter(({ followers }) => followers >= WEIGHED_FROM);
  const heaviest = Math.max(...weighed.map(({ following }) => following.idleBytes.median));
  return [
    atLeast({ what: "followers of one process, now", limit: FOLLOWERS_NOW, measured, unit: "followers" }),
    atLeast({
      what: "followers of one process, as the goal",
      limit: FOLLOWERS_GOAL,
      measured,
      unit: "followers",
    }),
    atMost({ what: "memory for each idle follower", limit: IDLE_KIB, measured: heaviest / KIB, unit: "KiB" }),
  ];
}

const NOTES = [
  "All followers read the same conversation over HTTP from the production build. Readers share the machine with the server, so with thousands of them the time to the last one is theirs as much as the server's.",
  "Memory is what the process takes from the system, after followers less before, divided by their number. Before, others came and went, so that what a first visitor costs is not counted.",
  "Who stalls takes nothing from its connection. The growth beside it would be as large as what was not taken if the server kept it for them.",
];
