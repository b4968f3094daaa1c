import { randomUUID } from "node:crypto";
import postgres, { type Sql } from "postgres";
import { type Answer, CONNECTIONS, type Store } from "../store.ts";

/** A store in one table of its own, made anew for each run. */
export async function openTable({
  url,
  columns,
  begin = async () => undefined,
  write,
  textOf,
}: {
  url: string;
  columns: string;
  begin?: (sql: Sql, id: string) => Promise<unknown>;
  write(sql: Sql, token: { id: string; sequence: number; text: string }): PromiseLike<unknown>;
  /** SQL for the text that is in a row. */
  textOf: string;
}): Promise<Store> {
  const sql = postgres(url, { max: CONNECTIONS, onnotice: () => {} });
  await sql`drop table if exists rival`;
  await sql.unsafe(`create table rival (${columns})`);

  function answer(id: string): Answer {
    let sequence = 0;
    return {
      async write(text) {
        sequence += 1;
        await write(sql, { id, sequence, text });
      },
      end: async () => undefined,
    };
  }

  return {
    async begin(count) {
      const ids = Array.from({ length: count }, () => randomUUID());
      await Promise.all(ids.map((id) => begin(sql, id)));
      return ids.map(answer);
    },
    async keptLength() {
      const [row] = await sql.unsafe(`select coalesce(sum(length(${textOf})), 0)::int as length from rival`);
      return Number(row?.length);
    },
    async sizeBytes() {
      const [row] = await sql`select pg_total_relation_size('rival') as bytes`;
      return Number(row?.bytes);
    },
    stop: () => sql.end(),
  };
}
