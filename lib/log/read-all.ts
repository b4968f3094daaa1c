import type { Database, Transaction } from "#lib/database/client";
import { readAfter } from "./read.ts";
import type { StoredEntry } from "./stored-entry.ts";

/** Everything after a number up to the head that the caller's transaction sees, adjacent chunk entries joined. */
export async function readAll(
  database: Database | Transaction,
  { logId, after, head }: { logId: string; after: number; head: number },
): Promise<StoredEntry[]> {
  const all: StoredEntry[] = [];
  let place = after;
  while (place < head) {
    const page = await readAfter(database, { logId, after: place });
    const last = page.at(-1);
    if (!last || page[0]?.first !== place + 1) throw new Error(`log ${logId} has a gap after ${place}`);
    all.push(...page);
    place = last.sequence;
  }
  return all;
}
