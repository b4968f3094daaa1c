import type { Database } from "#lib/database/client";
import { truncate } from "#lib/log/truncate";
import type { Moments } from "#lib/moments";
import { JANITOR_MS } from "./limits.ts";
import { readAllGenerating } from "./read-generations.ts";

/** Keeps logs from growing for ever: now and then deletes what is older than the retention. */
export function createJanitor({
  database,
  retentionHours,
  moments,
}: {
  database: Database;
  retentionHours: number;
  moments: Moments;
}) {
  const leaving = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;

  async function clean(): Promise<void> {
    const keepLogIds = await readAllGenerating(database);
    await truncate(database, { retentionHours, keepLogIds, signal: leaving.signal });
  }

  function cleanLater(): void {
    if (leaving.signal.aborted) return;
    timer = setTimeout(() => {
      working = clean()
        .catch((error) => moments.emit("worker.failed", { error }))
        .finally(cleanLater);
    }, JANITOR_MS);
    timer.unref();
  }

  return {
    start: cleanLater,
    async stop() {
      leaving.abort();
      clearTimeout(timer);
      await working;
    },
  };
}
