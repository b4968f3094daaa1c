import { FOLLOWED_ELSEWHERE_MS, TELL_FOLLOWED_MS } from "./limits.ts";

/**
 * Which logs are followed in other processes. Whoever reads news of a log that somebody else writes says so, now
 * and then, and whoever writes it believes it for a while. A word that is lost costs only waiting: a log that
 * nobody is known to follow is written less often.
 */
export type Followers = {
  /** Other processes follow these. */
  heard(logIds: string[]): void;
  areElsewhere(logId: string): boolean;
  /** News of these was read here. Returns those of which that should be said now. */
  toTell(logIds: string[]): string[];
};

export function createFollowers({ now = Date.now }: { now?: (() => number) | undefined } = {}): Followers {
  const heardAtMs = new Map<string, number>();
  const toldAtMs = new Map<string, number>();

  return {
    heard(logIds) {
      forget(heardAtMs, now() - FOLLOWED_ELSEWHERE_MS);
      for (const logId of logIds) note(heardAtMs, logId, now());
    },

    areElsewhere(logId) {
      return (heardAtMs.get(logId) ?? Number.NEGATIVE_INFINITY) > now() - FOLLOWED_ELSEWHERE_MS;
    },

    toTell(logIds) {
      forget(toldAtMs, now() - TELL_FOLLOWED_MS);
      const untold = logIds.filter((logId) => !toldAtMs.has(logId));
      for (const logId of untold) note(toldAtMs, logId, now());
      return untold;
    },
  };
}

/** Keeps the oldest first, so that whoever forgets need not look at all. */
function note(times: Map<string, number>, logId: string, atMs: number): void {
  times.delete(logId);
  times.set(logId, atMs);
}

function forget(times: Map<string, number>, untilMs: number): void {
  for (const [logId, atMs] of times) {
    if (atMs > untilMs) return;
    times.delete(logId);
  }
}
