import { type Column, type SQL, sql } from "drizzle-orm";

/** Whether an id is in a list. The list is one parameter, so that the statement is the same for every length. */
export function isOneOf(column: Column, ids: string[]): SQL {
  return sql`${column} = any(${sql.param(ids)}::uuid[])`;
}
