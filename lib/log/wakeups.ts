import type { Database } from "#lib/database/client";
import type { Moments } from "#lib/moments";
import { repeat } from "#lib/repeat";
import type { Latch } from "./latch.ts";
import { POLL_DEAF_MS, POLL_MS, READ_MAX_ROWS } from "./limits.ts";
import { readHeads, readNews } from "./read.ts";
import { createRecent, type Recent } from "./recent.ts";
import type { Appended } from "./stored-entry.ts";

/**
 * Who waits for which log in this process, and what is newest in the logs that anyone waits for.
 *
 * News comes by three roads, and each may be lost or doubled: from this process right after its commits, from
 * others as a hint that carries ids only, and from the poll beneath. All three end in the same place, which
 * takes entries in order and without gaps, and reads the table where it has one.
 */
export type Wakeups = {
  watch(logId: string, latch: Latch): () => void;
  isWatched(logId: string): boolean;
  recent(logId: string): Recent | undefined;
  /** These were just committed by this process. */
  committed(appended: Appended[]): void;
  /** These logs grew, somebody says. */
  grew(logIds: string[]): void;
  /** Anything may have been missed: look at every log that is watched. */
  lookAgain(): void;
  stop(): Promise<void>;
};

type Watched = { latches: Set<Latch>; recent: Recent };

export function createWakeups({
  database,
  isListening,
  onNews,
  moments,
  pollMs = POLL_MS,
}: {
  database: Database;
  isListening(): boolean;
  /** Called with followed logs that another process wrote to. */
  onNews(logIds: string[]): void;
  moments: Moments;
  pollMs?: number | undefined;
}): Wakeups {
  const watched = new Map<string, Watched>();
  const stale = new Set<string>();
  let catchingUp: Promise<void> | undefined;

  function wake(log: Watched): void {
    for (const latch of log.latches) latch.wake();
  }

  function grew(logIds: string[]): void {
    for (const logId of logIds) if (watched.has(logId)) stale.add(logId);
    if (stale.size === 0) return;
    catchingUp ??= catchUp()
      .catch((error) => moments.emit("log.append-failed", { error }))
      .finally(() => {
        catchingUp = undefined;
      });
  }

  /** One question for all logs that grew. A log whose end is not known here wakes its readers to look for it. */
  async function catchUp(): Promise<void> {
    while (stale.size > 0) {
      const places: { logId: string; after: number }[] = [];
      for (const logId of stale) {
        const log = watched.get(logId);
        const head = log?.recent.head();
        if (log && head === undefined) wake(log);
        if (log && head !== undefined) places.push({ logId, after: head });
      }
      stale.clear();
      if (places.length === 0) return;
      const news = await readNews(database, places);
      for (const [logId, entries] of news) {
        const log = watched.get(logId);
        if (!log) continue;
        // Not even the table has what lies between: it was truncated, or the numbers leapt.
        if (!log.recent.push(entries)) log.recent.startAnew();
        wake(log);
      }
      onNews([...news.keys()]);
      // The answer was full, so there may be more.
      const count = [...news.values()].reduce((sum, entries) => sum + entries.length, 0);
      if (count >= READ_MAX_ROWS) for (const { logId } of places) stale.add(logId);
    }
  }

  async function poll(): Promise<void> {
    const heads = watched.size === 0 ? [] : await readHeads(database, [...watched.keys()]);
    const behind: string[] = [];
    for (const [logId, head] of heads) {
      const known = watched.get(logId)?.recent.head();
      if (known === undefined || known < head) behind.push(logId);
    }
    grew(behind);
  }

  const polling = repeat({
    work: poll,
    everyMs: () => (isListening() ? pollMs : POLL_DEAF_MS),
    onError: (error) => moments.emit("log.append-failed", { error }),
  });
  polling.start();

  return {
    watch(logId, latch) {
      const log = watched.get(logId) ?? { latches: new Set(), recent: createRecent() };
      watched.set(logId, log);
      log.latches.add(latch);
      return () => {
        log.latches.delete(latch);
        if (log.latches.size === 0) watched.delete(logId);
      };
    },

    isWatched: (logId) => watched.has(logId),
    recent: (logId) => watched.get(logId)?.recent,

    committed(appended) {
      for (const { logId, entries } of appended) {
        const log = watched.get(logId);
        if (!log) continue;
        if (log.recent.push(entries)) wake(log);
        else grew([logId]);
      }
    },

    grew,
    lookAgain: () => grew([...watched.keys()]),

    async stop() {
      await polling.stop();
      await catchingUp;
    },
  };
}
