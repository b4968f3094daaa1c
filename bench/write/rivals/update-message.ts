import type { Rival } from "../store.ts";
import { openTable } from "./postgres-table.ts";

/** The message is one row, and every token makes its text longer. */
export function updateMessage({ url }: { url: string }): Rival {
  return {
    name: "UPDATE of the message per token",
    durability: "committed to Postgres",
    isInPostgres: true,
    open: () =>
      openTable({
        url,
        columns: "id uuid primary key, content text not null",
        begin: (sql, id) => sql`insert into rival values (${id}, '')`,
        write: (sql, { id, text }) =>
          sql`update rival set content = content || ${text}::text where id = ${id}`,
        textOf: "content",
      }),
  };
}
