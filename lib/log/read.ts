import { and, asc, eq, gt, sql } from "drizzle-orm";
import { entries, logs } from "#drizzle/schema";
import type { Database, Transaction } from "#lib/database/client";
import { isOneOf } from "#lib/database/is-one-of";
import { PAGE_MAX_BYTES } from "#lib/protocol/api";
import { joinEntries } from "#lib/protocol/coalesce";
import type { ConversationEntry } from "#lib/protocol/event";
import { firstThatFit } from "./first-that-fit.ts";
import { ENVELOPE_BYTES, JOINED_MAX_LENGTH, READ_MAX_ROWS } from "./limits.ts";
import { encodeEvent, isEvent, type StoredEntry } from "./stored-entry.ts";

/** What came after a number, oldest first, adjacent chunk entries joined; one page of it. */
export async function readAfter(
  database: Database | Transaction,
  { logId, after }: { logId: string; after: number },
): Promise<StoredEntry[]> {
  const rows = await database
    .select({ sequence: entries.sequence, text: sql<string>`${entries.event}::text` })
    .from(entries)
    .where(and(eq(entries.logId, logId), gt(entries.sequence, after)))
    .orderBy(asc(entries.sequence))
    .limit(READ_MAX_ROWS);
  const stored = join(untilHole(rows).map((row) => ({ first: row.sequence, ...row })));
  return firstThatFit(stored, sentBytes, { maxBytes: PAGE_MAX_BYTES });
}

/** The heads of logs; one that does not exist is missing from the answer. */
export async function readHeads(
  database: Database | Transaction,
  logIds: string[],
): Promise<Map<string, number>> {
  const rows = await database
    .select({ logId: logs.logId, head: logs.head })
    .from(logs)
    .where(isOneOf(logs.logId, logIds));
  return new Map(rows.map((row) => [row.logId, row.head]));
}

/**
 * What came after many numbers in many logs, in one question: how a process hears of what others wrote. Lateral, so
 * that each log is looked up by its key: joined, Postgres may rather read all entries that there are.
 */
export async function readNews(
  database: Database | Transaction,
  places: { logId: string; after: number }[],
): Promise<Map<string, StoredEntry[]>> {
  const rows = await database.execute<{ log_id: string; sequence: number; text: string }>(sql`
    select place.log_id, news.sequence, news.text
    from unnest(${sql.param(places.map((place) => place.logId))}::uuid[], ${sql.param(places.map((place) => place.after))}::bigint[]) as place(log_id, after)
    cross join lateral (
      select sequence, event::text as text from entries
      where entries.log_id = place.log_id and entries.sequence > place.after
      order by sequence limit ${READ_MAX_ROWS}
    ) as news
    order by place.log_id, news.sequence
    limit ${READ_MAX_ROWS}`);
  const news = new Map<string, StoredEntry[]>();
  for (const { log_id, sequence, text } of rows) {
    const list = news.get(log_id);
    if (list) list.push({ first: sequence, sequence, text });
    else news.set(log_id, [{ first: sequence, sequence, text }]);
  }
  return news;
}

/** Numbers leap where a backup was restored. What is after that is read by whoever asks for what came after it. */
function untilHole<Row extends { sequence: number }>(rows: Row[]): Row[] {
  const hole = rows.findIndex(
    ({ sequence }, index) => index > 0 && sequence !== (rows[index - 1]?.sequence ?? 0) + 1,
  );
  return hole === -1 ? rows : rows.slice(0, hole);
}

/** Joins adjacent chunk entries. What has nothing to be joined with is passed on as it was committed. */
function join(stored: StoredEntry[]): StoredEntry[] {
  const chunkEntries = stored.filter((entry) => isEvent(entry, "chunk")).length;
  if (chunkEntries < 2) return stored;
  const parsed = stored.map(
    ({ first, sequence, text }) => ({ first, sequence, event: JSON.parse(text) }) as ConversationEntry,
  );
  const texts = new Map(stored.map((entry) => [entry.sequence, entry.text]));
  return joinEntries(parsed, JOINED_MAX_LENGTH).map(({ first, sequence, event }) => ({
    first,
    sequence,
    text: (first === sequence ? texts.get(sequence) : undefined) ?? encodeEvent(event),
  }));
}

const sentBytes = ({ text }: StoredEntry) => Buffer.byteLength(text) + ENVELOPE_BYTES;
