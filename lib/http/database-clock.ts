import { sql } from "drizzle-orm";
import type { Database } from "#lib/database/client";

/** How far the database's clock is ahead of ours. It spoke about in the middle of the time that asking took. */
export async function databaseAheadMs(database: Database): Promise<number> {
  const askedAtMs = Date.now();
  const [row] = await database.execute<{ now_ms: number }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms`,
  );
  return Math.round(Number(row?.now_ms) - (askedAtMs + Date.now()) / 2);
}
