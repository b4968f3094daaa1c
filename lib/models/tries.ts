import { strict as assert } from "node:assert";
import type { ModelFailure, ModelFailureCode } from "./model-failure.ts";

/** How often one call is tried before the reply fails. */
export const TRIES_MAX = 3;
export const TRY_AGAIN_BASE_MS = 500;
const TRY_AGAIN_MAX_MS = 8_000;
/** A provider that asks for more than this is asked again all the same. */
export const RETRY_AFTER_MAX_MS = 30_000;

assert(TRY_AGAIN_BASE_MS <= TRY_AGAIN_MAX_MS && TRY_AGAIN_MAX_MS <= RETRY_AFTER_MAX_MS);

/** What may be gone a moment later. */
const PASSING: ReadonlySet<ModelFailureCode> = new Set<ModelFailureCode>([
  "model-rate-limited",
  "model-overloaded",
  "model-unreachable",
  "model-cut-off",
]);

export function mayPass(failure: ModelFailure): boolean {
  return PASSING.has(failure.code);
}

/** Full jitter, so that many calls that failed together do not come back together. */
export function waitBeforeNextTry(triesDone: number, failure: ModelFailure, random: () => number): number {
  if (failure.retryAfterMs !== undefined) return Math.min(failure.retryAfterMs, RETRY_AFTER_MAX_MS);
  return random() * Math.min(TRY_AGAIN_BASE_MS * 2 ** (triesDone - 1), TRY_AGAIN_MAX_MS);
}
