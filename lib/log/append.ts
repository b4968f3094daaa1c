import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/database/client";
import type { AccountEvent, ConversationEvent } from "#lib/protocol/event";
import { type Appended, encodeEvent } from "./stored-entry.ts";

/**
 * Appends events to a log inside the caller's transaction, in the order given.
 *
 * The numbers come from the log's own row, taken in the statement that inserts, and the row stays locked
 * until the commit: numbers become visible in the order in which they were given out. What is returned
 * may be delivered only after the commit.
 */
export async function appendEvents(
  transaction: Transaction,
  {
    logId,
    events,
    generationId,
  }: { logId: string; events: (ConversationEvent | AccountEvent)[]; generationId?: string },
): Promise<Appended> {
  const texts = events.map(encodeEvent);
  const [row] = await transaction.execute<{ head: number }>(sql`
    with counted as (
      update logs set head = head + ${texts.length} where log_id = ${logId} returning head
    ), inserted as (
      insert into entries (log_id, sequence, generation_id, event)
      select ${logId}, counted.head - ${texts.length} + item.ordinality, ${generationId ?? null}::uuid, item.event::json
      from counted, unnest(${sql.param(texts)}::text[]) with ordinality as item(event, ordinality)
    )
    select head from counted`);
  if (!row) throw new Error(`log ${logId} does not exist`);
  const before = row.head - texts.length;
  return {
    logId,
    entries: texts.map((text, index) => ({ first: before + index + 1, sequence: before + index + 1, text })),
  };
}
