import { strict as assert } from "node:assert";

/** For stopping in order: what was said is committed, the answer is given back, and somebody is asked to take it. */
const HAND_OVER_MAX_MS = 15_000;
const HAND_OVER_SHARE = 5;

/**
 * How long a process waits for another request before it lets go of its connections. Long enough to see that a worker is
 * dead, which takes two looks.
 */
export const REST_AFTER_MS = 2_200;
/** A connection that nobody uses is closed after so long. It would be found broken by whoever thaws with it. */
export const IDLE_CONNECTION_SECONDS = 1;
/** Within this all of them are. */
const CLOSE_MAX_MS = 1_200;

assert(IDLE_CONNECTION_SECONDS * 1_000 < CLOSE_MAX_MS);
assert(CLOSE_MAX_MS * 4 < HAND_OVER_MAX_MS);

/** What an invocation may do how long, where the platform ends it at a limit. */
export function timesOf(limitMs: number) {
  const handOverMs = Math.min(HAND_OVER_MAX_MS, limitMs / HAND_OVER_SHARE);
  return {
    /** From here on it stops in order. */
    workMs: limitMs - handOverMs,
    /** From here on it begins nothing, and its lines have been sent to the next invocation. */
    beginMs: limitMs - 2 * handOverMs,
    /** How long it waits for whoever is asked to go on. They go on, too, when it has not heard of them by then. */
    summonMs: handOverMs / 2,
    /** How long its connections may take to close. */
    closeMs: Math.min(CLOSE_MAX_MS, handOverMs / 4),
  };
}
