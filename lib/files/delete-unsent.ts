import { sql } from "drizzle-orm";
import type { Database } from "#lib/database/client";
import { DELETE_BATCH_FILES, UNSENT_KEPT_HOURS } from "./limits.ts";

/** Deletes what was uploaded and never sent, some at a time. Returns how many went. */
export async function deleteUnsentFiles(
  database: Database,
  { signal }: { signal: AbortSignal },
): Promise<number> {
  let deleted = 0;
  while (!signal.aborted) {
    // One that is being sent in this moment is locked, and looked at again the next time.
    const rows = await database.execute(sql`
      delete from files where id in (
        select id from files
        where conversation_id is null
          and created_at < now() - ${UNSENT_KEPT_HOURS} * interval '1 hour'
        limit ${DELETE_BATCH_FILES}
        for update skip locked
      )
      returning id`);
    deleted += rows.length;
    if (rows.length < DELETE_BATCH_FILES) break;
  }
  return deleted;
}
