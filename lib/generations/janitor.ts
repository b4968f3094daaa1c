import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "#lib/database/client";
import { truncate } from "#lib/log/truncate";
import type { Kept, Moments } from "#lib/moments";
import { type Repeated, repeat } from "#lib/repeat";
import { JANITOR_MS } from "./limits.ts";
import { readAllGenerating } from "./read-generations.ts";

/** Something that is kept for a while, and how it is cleared away: in small batches, each saying how many went. */
export type Chore = { what: Kept; batches(): AsyncIterable<number> };

/**
 * Keeps the database from growing for ever: now and then clears away what was kept long enough, old entries first.
 *
 * After each batch it rests as long as that took, so that a backlog of any size leaves the database half of the time to
 * everybody else. It may leave after any batch, and several processes may do it at once: all that there is to know of
 * how far somebody came is what is still there.
 */
export function createJanitor({
  database,
  retentionHours,
  moments,
  chores = [],
  everyMs = JANITOR_MS,
}: {
  database: Database;
  retentionHours: number;
  moments: Moments;
  /** What else is to be cleared away. */
  chores?: readonly Chore[];
  everyMs?: number;
}): Repeated {
  const keepLogIds = () => readAllGenerating(database);
  const entries: Chore = {
    what: "entries",
    batches: () => truncate(database, { retentionHours, keepLogIds }),
  };
  return repeat({
    work: (signal) => clearAway([entries, ...chores], { moments, signal }),
    everyMs: () => everyMs,
    // Nothing is expected here: what a chore throws is told where it is done.
    onError: (error) => moments.emit("worker.failed", { error }),
  });
}

/** Does all chores once, one after the other. One that fails keeps none of the others from being done. */
export async function clearAway(
  chores: readonly Chore[],
  { moments, signal }: { moments: Moments; signal: AbortSignal },
): Promise<void> {
  const startedAtMs = performance.now();
  const deleted: Partial<Record<Kept, number>> = {};
  for (const { what, batches } of chores) {
    if (signal.aborted) break;
    try {
      let batchAtMs = performance.now();
      for await (const count of batches()) {
        if (count > 0) {
          moments.emit("retention.deleted", { what, count });
          deleted[what] = (deleted[what] ?? 0) + count;
        }
        if (signal.aborted) break;
        await rest(performance.now() - batchAtMs, signal);
        batchAtMs = performance.now();
      }
    } catch (error) {
      moments.emit("retention.failed", { what, error });
    }
  }
  moments.emit("retention.passed", { deleted, tookMs: Math.round(performance.now() - startedAtMs) });
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch((error) => {
    if (!signal.aborted) throw error;
  });
}
