import { KEEP_ALIVE_MS } from "../subscribe.ts";
import type { FindingOf, Verdict } from "./findings.ts";
import type { Heard, Tick } from "./follow-ticks.ts";

/** Later than this, and it is not a busy machine that is late. The check goes on for longer. */
const FIRST_BYTE_LATE_MS = 2_000;
/** Later than this and somebody who waits for words sees them come in heaps. */
const LATE_MS = 400;
/** A sign of life may be late, too. */
const KEEP_ALIVE_LATE_MS = 3_000;
/** Clocks further apart than this make times on the page wrong to the eye. */
const APART_MS = 10_000;

const good = (isGood: boolean, otherwise: Verdict = "wrong"): Verdict => (isGood ? "good" : otherwise);

/** @param roundTripMs what any answer takes */
export function judgeFirstByte(heard: Heard, roundTripMs: number): FindingOf<"first-byte"> {
  const afterMs = (heard.firstBytesAtMs ?? heard.endedAtMs) - heard.openedAtMs;
  const isAtOnce = heard.firstBytesAtMs !== undefined && afterMs - roundTripMs < FIRST_BYTE_LATE_MS;
  return { check: "first-byte", verdict: good(isAtOnce), afterMs };
}

/**
 * Clocks need not agree: what counts is how much longer ticks took than the quickest of them. Of that the median: who
 * gathers makes most of them late, and whoever stumbles once only some.
 */
export function judgeBuffering({ ticks }: Heard, of: number): FindingOf<"buffering"> {
  const tookMs = ticks.map(({ dueAtMs, heardAtMs }) => heardAtMs - dueAtMs).toSorted((a, b) => a - b);
  const lateMs = (tookMs[Math.floor(tookMs.length / 2)] ?? 0) - (tookMs[0] ?? 0);
  const isOneByOne = ticks.length === of && lateMs < LATE_MS;
  return { check: "buffering", verdict: good(isOneByOne), ticks: ticks.length, of, lateMs };
}

export function judgeCompression({ encoding }: Heard): FindingOf<"compression"> {
  const isPlain = encoding === null || encoding === "identity";
  return { check: "compression", verdict: good(isPlain), encoding: isPlain ? null : encoding };
}

/** @param patienceMs how long it was waited for */
export function judgeIdle(heard: Heard, patienceMs: number): FindingOf<"idle"> {
  const { openedAtMs, endedAtMs, commentsAtMs, ticks } = heard;
  const waitedMs = (commentsAtMs[0] ?? endedAtMs) - openedAtMs;
  const isInTime = waitedMs <= KEEP_ALIVE_MS + KEEP_ALIVE_LATE_MS;
  const wasKept = commentsAtMs.length > 0 || ticks.length > 0 || waitedMs >= patienceMs;
  const how = !wasKept ? "cut" : commentsAtMs.length > 0 && isInTime ? "heard" : "held";
  return { check: "idle", verdict: good(how === "heard"), how, waitedMs };
}

/** Of the ticks from 1 to `count` that came before and after the line was cut. */
export function judgeRejoin(ticks: Tick[], count: number): FindingOf<"rejoin"> {
  const numbers = new Set(ticks.map(({ sequence }) => sequence));
  const twice = ticks.length - numbers.size;
  const missing = count - numbers.size;
  return {
    check: "rejoin",
    verdict: good(twice === 0 && missing === 0),
    isTried: ticks.length > 0,
    twice,
    missing,
  };
}

/** @param version as browsers name it: `http/1.1`, `h2`, `h3` */
export function judgeHttp(version: string | null): FindingOf<"http"> {
  const isOldest = version !== null && /^http\/1/.test(version);
  return { check: "http", verdict: good(!isOldest, "note"), version };
}

export function judgeWakeUps(isListening: boolean): FindingOf<"wake-ups"> {
  return { check: "wake-ups", verdict: good(isListening), isListening };
}

export function judgeClock(clocks: { serverAheadMs: number; databaseAheadMs: number }): FindingOf<"clock"> {
  const isNear = Object.values(clocks).every((ms) => Math.abs(ms) < APART_MS);
  return { check: "clock", verdict: good(isNear), ...clocks };
}
