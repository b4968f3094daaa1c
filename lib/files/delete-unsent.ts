import { sql } from "drizzle-orm";
import type { Database } from "#lib/database/client";
import { DELETE_BATCH_FILES, UNSENT_KEPT_HOURS } from "./limits.ts";

/** For the janitor: deletes what was uploaded and never sent. Yields how many went with each batch. */
export async function* deleteUnsentFiles(database: Database): AsyncGenerator<number> {
  for (let count = DELETE_BATCH_FILES; count === DELETE_BATCH_FILES; ) {
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
    count = rows.length;
    yield count;
  }
}
