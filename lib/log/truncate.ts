import { sql } from "drizzle-orm";
import type { Database } from "#lib/database/client";

/** Entries that go in one transaction: small enough that nobody waits for it. */
export const TRUNCATE_BATCH_ROWS = 1_000;

/**
 * Deletes entries older than the retention, except in the logs that are to be kept: those with an answer that is
 * still to be folded from them. Messages are the fold and stay. A reader that asks below what is left gets `reset`.
 * Returns how many went.
 */
export async function truncate(
  database: Database,
  {
    retentionHours,
    keepLogIds,
    signal,
  }: { retentionHours: number; keepLogIds: string[]; signal: AbortSignal },
): Promise<number> {
  let deleted = 0;
  while (!signal.aborted) {
    const rows = await database.execute(sql`
      delete from entries using (
        select log_id, sequence from entries
        where log_id <> all(${sql.param(keepLogIds)}::uuid[])
          and created_at < now() - ${retentionHours} * interval '1 hour'
        order by log_id, sequence
        limit ${TRUNCATE_BATCH_ROWS}
      ) as old
      where entries.log_id = old.log_id and entries.sequence = old.sequence
      returning entries.sequence`);
    deleted += rows.length;
    if (rows.length < TRUNCATE_BATCH_ROWS) break;
  }
  return deleted;
}
