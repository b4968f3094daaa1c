import { healthSchema } from "#lib/protocol/api";
import { connectionSchema } from "#lib/protocol/connection";
import { ask, type Fetch } from "../ask.ts";
import type { Clock } from "../clock.ts";
import { KEEP_ALIVE_MS } from "../subscribe.ts";
import type { Finding } from "./findings.ts";
import { followTicks, type Heard } from "./follow-ticks.ts";
import {
  judgeBuffering,
  judgeClock,
  judgeCompression,
  judgeFirstByte,
  judgeHttp,
  judgeIdle,
  judgeRejoin,
  judgeWakeUps,
} from "./judge.ts";

/** Ticks that should come one by one, for as long as a proxy that gathers them would have to be seen. */
const STEADY = { ticks: 30, everyMs: 100, patienceMs: 15_000 };
/** Nothing comes but the sign of life that every silent line carries. */
const SILENT = { ticks: 1, everyMs: 20_000, patienceMs: KEEP_ALIVE_MS + 7_000 };
const CUT = { ticks: 20, everyMs: 50, patienceMs: 15_000 };
const CUT_AFTER_TICKS = 8;
/** The quickest of so many answers says most about a clock. */
const CLOCK_LOOKS = 3;

export type CheckDeps = {
  fetch: Fetch;
  clock: Clock;
  /** The version of HTTP that is spoken, as browsers name it; null where nobody knows. */
  httpVersion: () => Promise<string | null>;
  signal: AbortSignal;
};

/**
 * Tries what a line needs, on the very way that lines take, and tells of each thing as soon as it is known.
 *
 * @throws as `ask` does, where there is nothing to try: nobody answers, or not to this asker
 */
export async function checkConnection(deps: CheckDeps, onFinding: (finding: Finding) => void): Promise<void> {
  const { roundTripMs, ...clocks } = await readClocks(deps);
  onFinding(judgeClock(clocks));

  const idle = async () =>
    onFinding(judgeIdle(await followTicks(deps, { ...SILENT, isEnough }), SILENT.patienceMs));
  const others = async () => {
    const wasListening = await isListening(deps);
    const steady = await followTicks(deps, STEADY);
    onFinding(judgeFirstByte(steady, roundTripMs));
    onFinding(judgeBuffering(steady, STEADY.ticks));
    onFinding(judgeCompression(steady));
    onFinding(judgeHttp(await deps.httpVersion()));
    // Whoever has just started is given these moments.
    onFinding(judgeWakeUps(wasListening || (await isListening(deps))));
    onFinding(judgeRejoin(steady.ticks.length > 0 ? await rejoin(deps) : [], CUT.ticks));
  };
  await Promise.all([idle(), others()]);
  deps.signal.throwIfAborted();
}

const isEnough = ({ commentsAtMs }: Heard) => commentsAtMs.length > 0;

/** Hangs up in the middle, and comes back with the number that it has, at the same address. */
async function rejoin(deps: CheckDeps): Promise<Heard["ticks"]> {
  const before = await followTicks(deps, {
    ...CUT,
    isEnough: ({ ticks }) => ticks.length >= CUT_AFTER_TICKS,
  });
  const after = before.ticks.at(-1)?.sequence ?? 0;
  const { ticks } = await followTicks(deps, { ...CUT, after });
  return [...before.ticks, ...ticks];
}

/** The server's time was right about in the middle of the time that asking took. */
async function readClocks(deps: CheckDeps) {
  let best = { roundTripMs: Number.POSITIVE_INFINITY, serverAheadMs: 0, databaseAheadMs: 0 };
  for (let look = 0; look < CLOCK_LOOKS; look += 1) {
    const askedAtMs = deps.clock.nowMs();
    const { time, databaseAheadMs } = await ask(deps, "/api/connection", {
      answer: connectionSchema,
      signal: deps.signal,
    });
    const answeredAtMs = deps.clock.nowMs();
    const roundTripMs = answeredAtMs - askedAtMs;
    const serverAheadMs = Math.round(Date.parse(time) - (askedAtMs + answeredAtMs) / 2);
    if (roundTripMs < best.roundTripMs) best = { roundTripMs, serverAheadMs, databaseAheadMs };
  }
  return best;
}

const isListening = async (deps: CheckDeps) =>
  (await ask(deps, "/api/health", { answer: healthSchema, signal: deps.signal })).listening;
