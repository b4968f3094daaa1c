import type { Database } from "#lib/database/client";
import { truncate } from "#lib/log/truncate";
import type { Moments } from "#lib/moments";
import { type Repeated, repeat } from "#lib/repeat";
import { JANITOR_MS } from "./limits.ts";
import { readAllGenerating } from "./read-generations.ts";

/** Keeps logs from growing for ever: now and then deletes what is older than the retention, and does what else is `due`. */
export function createJanitor({
  database,
  retentionHours,
  moments,
  chores = [],
}: {
  database: Database;
  retentionHours: number;
  moments: Moments;
  /** What else is to be cleared away now and then. */
  chores?: readonly ((signal: AbortSignal) => Promise<unknown>)[];
}): Repeated {
  return repeat({
    async work(signal) {
      const keepLogIds = await readAllGenerating(database);
      await truncate(database, { retentionHours, keepLogIds, signal });
      for (const chore of chores) await chore(signal);
    },
    everyMs: () => JANITOR_MS,
    onError: (error) => moments.emit("worker.failed", { error }),
  });
}
