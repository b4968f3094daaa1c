import { chunkOf, type Rival } from "../store.ts";
import { openTable } from "./postgres-table.ts";

/** Every token is a row, in a table as lean as it can be. */
export function rowPerToken({ url }: { url: string }): Rival {
  return {
    name: "row per token",
    durability: "committed to Postgres",
    isInPostgres: true,
    open: () =>
      openTable({
        url,
        columns: "answer_id uuid, sequence int, chunk text, primary key (answer_id, sequence)",
        write: (sql, { id, sequence, text }) =>
          sql`insert into rival values (${id}, ${sequence}, ${JSON.stringify(chunkOf(text))})`,
        textOf: "chunk::json ->> 'delta'",
      }),
  };
}
