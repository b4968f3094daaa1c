import { Disconnected } from "./ask.ts";
import { backOff } from "./back-off.ts";
import type { Clock } from "./clock.ts";
import { pause } from "./pause.ts";
import type { World } from "./world.ts";

export type InsistDeps = { clock: Clock; random: () => number; world: World };

/**
 * Acts until the server has answered: a lost connection is never an answer. What is done must be safe to do
 * twice, for the answer may be what was lost. Refusals are thrown, and so is the reason of `signal`.
 *
 * Without a `signal` it is never given up: what was said stays said, also by someone who goes elsewhere before the
 * server has heard of it.
 *
 * It waits as the back-off says, and tries at once when the network comes back or the tab is looked at.
 *
 * @param onWaiting told after each try that reached nobody
 */
export async function insist<Answer>(
  deps: InsistDeps,
  act: (signal: AbortSignal) => Promise<Answer>,
  { signal = NEVER, onWaiting }: { signal?: AbortSignal; onWaiting?: (failure: Disconnected) => void } = {},
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await tryOnce(deps, act, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Disconnected)) throw error;
      onWaiting?.(error);
      const wokenUp = await pause(deps, Math.max(error.retryAfterMs, backOff(attempt, deps.random)), signal);
      if (wokenUp) attempt = 0;
    }
  }
}

/** One try. It is given up when the network is back, or the device woke: its socket may be of what is no more. */
async function tryOnce<Answer>(
  { world }: InsistDeps,
  act: (signal: AbortSignal) => Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer> {
  const over = new AbortController();
  const giveUp = () => over.abort();
  const unsubscribe = world.subscribe((event) => {
    if (event === "online" || event === "woken") giveUp();
  });
  signal.addEventListener("abort", giveUp);
  try {
    return await act(over.signal);
  } finally {
    unsubscribe();
    signal.removeEventListener("abort", giveUp);
  }
}

const NEVER = new AbortController().signal;
