import type { Sql } from "postgres";
import type { Pen } from "./pen.ts";

/** One writer's share of a flush. Without text it only renews the lease. */
export type Batch = Pen & { text: string | null };

/** A batch that is in: the head that the log has now. */
export type Acknowledged = { logId: string; generationId: string; head: number };

/**
 * Appends what many generations have to say, in one statement.
 *
 * Each row is compared and swapped on (generation, attempt, position): a writer whose pen was taken away, or
 * whose batch is already in, gets no row back. The lease runs on the database's clock.
 *
 * The order in which the rows are locked does not matter. A row that matches is this flusher's alone, so two flushers
 * never wait for each other; and a transaction that holds one conversation's row asks for no other conversation's.
 * Should an earlier try of the same flusher still be on its way, Postgres ends one of the two, and it is tried again.
 */
export async function appendBatches(
  sql: Sql,
  { batches, leaseTtlMs }: { batches: Batch[]; leaseTtlMs: number },
): Promise<Acknowledged[]> {
  return sql<Acknowledged[]>`
    with batch as (
      select * from unnest(
        ${batches.map((batch) => batch.logId)}::uuid[],
        ${batches.map((batch) => batch.generationId)}::uuid[],
        ${batches.map((batch) => batch.attempt)}::int[],
        ${batches.map((batch) => batch.position)}::bigint[],
        ${batches.map((batch) => batch.text)}::text[]
      ) as batch(log_id, generation_id, attempt, position, text)
    ), counted as (
      update logs
      set head = logs.head + (batch.text is not null)::int,
          position = logs.position + (batch.text is not null)::int,
          lease_expires_at = now() + ${leaseTtlMs}::int * interval '1 millisecond'
      from batch
      where logs.log_id = batch.log_id
        and logs.generation_id = batch.generation_id
        and logs.attempt = batch.attempt
        and logs.position = batch.position
      returning logs.log_id, logs.head, batch.generation_id, batch.text
    ), inserted as (
      insert into entries (log_id, sequence, generation_id, event)
      select log_id, head, generation_id, text::json from counted where text is not null
    )
    select log_id as "logId", generation_id as "generationId", head from counted`;
}
