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
 * whose batch is already in, gets no row back. Rows are locked in the order of their ids, so that two flushes
 * never wait for each other in a circle. The lease runs on the database's clock.
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
    ), held as (
      select logs.log_id, batch.generation_id, batch.text, (batch.text is not null)::int as count
      from logs join batch using (log_id)
      where logs.generation_id = batch.generation_id
        and logs.attempt = batch.attempt
        and logs.position = batch.position
      order by logs.log_id
      for no key update of logs
    ), counted as (
      update logs
      set head = logs.head + held.count,
          position = logs.position + held.count,
          lease_expires_at = now() + ${leaseTtlMs}::int * interval '1 millisecond'
      from held where logs.log_id = held.log_id
      returning logs.log_id, logs.head, held.generation_id, held.text
    ), inserted as (
      insert into entries (log_id, sequence, generation_id, event)
      select log_id, head, generation_id, text::json from counted where text is not null
    )
    select log_id as "logId", generation_id as "generationId", head from counted`;
}
