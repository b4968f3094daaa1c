import postgres from "postgres";
import { chunkOf, type Rival } from "../store.ts";
import { openTable } from "./postgres-table.ts";

/** Every token is a row, and the statement that writes it also tells the one who listens. */
export function rowPerTokenNotify({ url }: { url: string }): Rival {
  return {
    name: "row per token + NOTIFY",
    durability: "committed to Postgres",
    isInPostgres: true,
    async open() {
      const listener = postgres(url, { max: 1 });
      await listener.listen("rival", () => undefined);
      const store = await openTable({
        url,
        columns: "answer_id uuid, sequence int, chunk text, primary key (answer_id, sequence)",
        write: (sql, { id, sequence, text }) => sql`
          with written as (
            insert into rival values (${id}, ${sequence}, ${JSON.stringify(chunkOf(text))})
          )
          select pg_notify('rival', ${`${id}:${sequence}`})`,
        textOf: "chunk::json ->> 'delta'",
      });
      return {
        ...store,
        async stop() {
          await store.stop();
          await listener.end();
        },
      };
    },
  };
}
