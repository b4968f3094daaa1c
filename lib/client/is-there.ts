import { ask, type Fetch, ProblemError } from "./ask.ts";
import type { Clock } from "./clock.ts";

const AFTER_EVERYTHING = 999_999_999_999_999;

/** Whether there is a log for whoever asks. Asks for what comes after everything, which is nothing. */
export async function isThere(
  deps: { fetch: Fetch; clock: Clock },
  eventsAddress: string,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    await ask(deps, `${eventsAddress}?after=${AFTER_EVERYTHING}`, { signal });
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.code === "not-found") return false;
    throw error;
  }
}
