import { expect, test } from "vitest";
import { testDatabase } from "#lib/database/test-database";
import { readNews } from "./read.ts";

const database = await testDatabase();

/** From the sixth time on Postgres plans without looking at what is asked. */
const TIMES = 7;

test("news of many logs are looked up by key, however much else is there", async () => {
  const { sql, db } = database;
  const logs = await sql<{ id: string }[]>`
    insert into logs (log_id) select gen_random_uuid() from generate_series(1, 100) returning log_id as id`;
  await sql`
    insert into entries (log_id, sequence, event)
    select log_id, sequence, '{"type":"chunk","chunks":[]}' from logs, generate_series(1, 500) as sequence`;
  await sql`analyze entries`;
  const places = logs.map(({ id }) => ({ logId: id, after: 498 }));
  await db.transaction(async (transaction) => {
    for (let time = 1; time <= TIMES; time += 1) {
      const news = await readNews(transaction, places);
      expect(news.size).toBe(logs.length);
      for (const entries of news.values())
        expect(entries.map(({ sequence }) => sequence)).toEqual([499, 500]);
    }
    const [used] = await transaction.execute<{ seq_scan: number; idx_scan: number }>(
      "select seq_scan::int, idx_scan::int from pg_stat_xact_user_tables where relname = 'entries'",
    );
    expect(used).toEqual({ seq_scan: 0, idx_scan: TIMES * logs.length });
  });
});
