import { sql } from "drizzle-orm";
import type { Database } from "#lib/database/client";
import { TRUNCATE_BATCH_LOGS, TRUNCATE_LOG_ENTRIES, TRUNCATE_LOOK_LOGS } from "./limits.ts";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";

/**
 * Deletes entries older than the retention, except in the logs that are to be kept: those with an answer that is
 * still to be folded from them. Messages are the fold and stay. A reader that asks below what is left gets `reset`.
 *
 * Yields how many went with each batch. Whoever asks may rest in between, or leave: what has gone is found no more, so
 * the next time goes on where this one ended.
 */
export async function* truncate(
  database: Database,
  { retentionHours, keepLogIds }: { retentionHours: number; keepLogIds: () => Promise<string[]> },
): AsyncGenerator<number> {
  for (let after: string | undefined = FIRST_ID; after !== undefined; ) {
    const looked = await lookAtLogs(database, { after, retentionHours });
    for (let from = 0; from < looked.oldLogIds.length; from += TRUNCATE_BATCH_LOGS) {
      const logIds = looked.oldLogIds.slice(from, from + TRUNCATE_BATCH_LOGS);
      for (let longest = TRUNCATE_LOG_ENTRIES; longest === TRUNCATE_LOG_ENTRIES; ) {
        const kept = new Set(await keepLogIds());
        const batch = { logIds: logIds.filter((id) => !kept.has(id)), retentionHours };
        const deleted = await deleteOldest(database, batch);
        longest = Math.max(0, ...deleted);
        yield deleted.reduce((sum, count) => sum + count, 0);
      }
    }
    after = looked.last;
  }
}

/**
 * Goes from log to log by the first entry of each, so that it costs what there are logs with entries, and not what
 * there are entries. In a log the first is the oldest.
 */
async function lookAtLogs(
  database: Database,
  { after, retentionHours }: { after: string; retentionHours: number },
): Promise<{ oldLogIds: string[]; last: string | undefined }> {
  const rows = await database.execute<{ log_id: string; is_old: boolean }>(sql`
    with recursive firsts as (
      (
        select log_id, created_at from entries where log_id > ${after}::uuid
        order by log_id, sequence limit 1
      )
      union all
      select next.* from firsts cross join lateral (
        select log_id, created_at from entries where entries.log_id > firsts.log_id
        order by log_id, sequence limit 1
      ) as next
    )
    select log_id, ${isOld(retentionHours)} as is_old from firsts limit ${TRUNCATE_LOOK_LOGS}`);
  return {
    oldLogIds: rows.filter((row) => row.is_old).map((row) => row.log_id),
    last: rows.length < TRUNCATE_LOOK_LOGS ? undefined : rows.at(-1)?.log_id,
  };
}

/**
 * Deletes the first entries of these logs up to the first that is not old, so that there is never a hole, and says how
 * many went of each. Under the locks of the logs, as whoever else deletes entries, and without waiting for one: a log
 * that somebody writes into, or that another process is truncating, has its turn the next time. A log in whose pen a
 * generation is, is left alone, whoever put it there since we were told what to keep.
 */
async function deleteOldest(
  database: Database,
  { logIds, retentionHours }: { logIds: string[]; retentionHours: number },
): Promise<number[]> {
  // By where the rows lie, since they are known: given a join, Postgres may rather read all entries that there are.
  const rows = await database.execute<{ count: number }>(sql`
    with free as materialized (
      select log_id from logs
      where log_id = any(${sql.param(logIds)}::uuid[]) and generation_id is null
      for update skip locked
    ), deleted as (
      delete from entries where ctid = any(array(
        select first.place from free cross join lateral (
          select ctid as place, bool_and(${isOld(retentionHours)}) over (order by sequence) as is_old
          from (
            select ctid, sequence, created_at from entries
            where entries.log_id = free.log_id order by sequence limit ${TRUNCATE_LOG_ENTRIES}
          ) as oldest
        ) as first
        where first.is_old
      ))
      returning log_id
    )
    select count(*) as count from deleted group by log_id`);
  return rows.map(({ count }) => count);
}

const isOld = (retentionHours: number) => sql`created_at < now() - ${retentionHours} * interval '1 hour'`;
