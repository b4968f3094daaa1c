import { strict as assert } from "node:assert";

/** How often a worker looks for what nobody woke it for: orphans, and prompts whose process died. */
export const SWEEP_MS = 5_000;
/** Tries at one generation before it is given up. */
export const ATTEMPTS_MAX = 3;
/** Generations that one process writes at the same time. More wait their turn. */
export const GENERATIONS_MAX = 500;
/** Generations looked at in one go when a worker claims. */
export const CLAIM_MAX_CANDIDATES = 20;

assert(ATTEMPTS_MAX >= 1);
assert(CLAIM_MAX_CANDIDATES <= GENERATIONS_MAX);
/** How often old entries are looked for. */
export const JANITOR_MS = 10 * 60_000;
