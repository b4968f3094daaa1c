import { createLatch } from "./latch.ts";
import type { StoredEntry } from "./stored-entry.ts";
import type { Wakeups } from "./wakeups.ts";

/** A log and the last sequence that its reader has. */
export type Place = { logId: string; after: number };

export type FollowItem =
  | { kind: "entries"; logId: string; entries: StoredEntry[] }
  /** All that was committed when the reader came has been told. Once per log. */
  | { kind: "caught-up"; logId: string; sequence: number }
  /** What follows the reader's number is not kept, or there is no such number: a snapshot must be loaded. */
  | { kind: "reset"; logId: string; sequence: number };

export type LogSource = {
  wakeups: Pick<Wakeups, "watch" | "recent">;
  readAfter(place: Place): Promise<StoredEntry[]>;
  readHeads(logIds: string[]): Promise<Map<string, number>>;
  /** A reader was given news, so long after this process knew of it. */
  delivered?: ((lagMs: number) => void) | undefined;
};

/**
 * Yields what comes after each number, then goes on as the logs grow, until `signal` aborts.
 *
 * The latch is hung before the first read: an entry committed while we read trips it, so the wait below
 * returns at once. A reader is its numbers and this latch and nothing else: while it does not ask, nothing
 * is kept for it.
 */
export async function* follow(
  source: LogSource,
  { places, signal }: { places: Place[]; signal: AbortSignal },
): AsyncGenerator<FollowItem> {
  const latch = createLatch();
  const unwatch = places.map(({ logId }) => source.wakeups.watch(logId, latch));
  try {
    const heads = await source.readHeads(places.map(({ logId }) => logId));
    const readers = places.map(({ logId, after }) => ({
      logId,
      after,
      target: heads.get(logId) ?? 0,
      isCaughtUp: false,
    }));
    while (!signal.aborted) {
      let hasNews = false;
      for (const reader of readers) {
        const { logId, after, target } = reader;
        const entries = after > target && !reader.isCaughtUp ? "reset" : await news(source, { logId, after });
        if (entries === "reset") {
          reader.after = (await source.readHeads([logId])).get(logId) ?? 0;
          reader.isCaughtUp = true;
          yield { kind: "reset", logId, sequence: reader.after };
        } else if (entries.length > 0) {
          reader.after = (entries.at(-1) as StoredEntry).sequence;
          yield { kind: "entries", logId, entries };
        }
        hasNews ||= entries.length > 0;
        if (!reader.isCaughtUp && reader.after >= target) {
          reader.isCaughtUp = true;
          yield { kind: "caught-up", logId, sequence: reader.after };
        }
      }
      if (!hasNews) await latch.wait(signal);
    }
  } finally {
    for (const undo of unwatch) undo();
  }
}

/** From memory if it is known there, else from the table. */
async function news(source: LogSource, place: Place): Promise<StoredEntry[] | "reset"> {
  const recent = source.wakeups.recent(place.logId);
  const known = recent?.after(place.after);
  if (recent && known && known.length > 0) source.delivered?.(Date.now() - recent.newestAtMs());
  if (known) return known;
  const read = await source.readAfter(place);
  if (read.length > 0) return read[0]?.first === place.after + 1 ? read : "reset";
  const head = (await source.readHeads([place.logId])).get(place.logId) ?? 0;
  if (head > place.after) {
    // Nothing is there though the log is longer: it was truncated, unless it grew between the two questions.
    const again = await source.readAfter(place);
    return again[0]?.first === place.after + 1 ? again : "reset";
  }
  recent?.startAt(place.after);
  return [];
}
