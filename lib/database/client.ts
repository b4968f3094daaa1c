import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import * as schema from "#drizzle/schema";
import { preparing } from "./preparing.ts";

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

const CONNECT_LIMIT_SECONDS = 10;
const END_LIMIT_SECONDS = 2;
/** A connection that could not be made is tried again this soon at the latest. Leases run on meanwhile. */
const RECONNECT_MAX_SECONDS = 0.5;
const RECONNECT_FIRST_SECONDS = 0.05;
const INT8_OID = 20;

/** Counts and sequences are far below 2^53, so numbers hold them; the default would be text. */
const int8 = { to: INT8_OID, from: [INT8_OID], parse: Number, serialize: String };

/** Connections to Postgres, made when first needed, and the two ways to speak to it. */
export type DatabaseHandle = {
  /**
   * Postgres.js. Drizzle shares its connections and sets its types: on it a time is read as text (cast it, or
   * wrap it in `new Date`), and a value for `json` or `jsonb` is given as JSON text.
   */
  sql: Sql;
  db: Database;
  /** Prepares statements from now on. Not behind a pooler: the next connection would not know them. */
  prepare(): void;
  end(): Promise<void>;
};

/**
 * @param max how many connections there may be at once
 * @param name how Postgres lists them (`application_name`)
 * @param idleSeconds after how long without use a connection is closed; absent: never
 * @param prepare false where a pooler may hand out a connection per transaction
 */
export function createDatabase(
  url: string,
  {
    max,
    name,
    prepare = true,
    idleSeconds,
  }: { max: number; name: string; prepare?: boolean; idleSeconds?: number | undefined },
): DatabaseHandle {
  const client = postgres(url, {
    max,
    prepare,
    ...(idleSeconds !== undefined && { idle_timeout: idleSeconds }),
    connect_timeout: CONNECT_LIMIT_SECONDS,
    // Left to itself it waits up to 20 s after a second without a database, and whoever is to use that connection
    // waits with it: by then others have taken over what this process writes.
    backoff: (tries) => Math.min(RECONNECT_FIRST_SECONDS * 2 ** tries, RECONNECT_MAX_SECONDS),
    connection: { application_name: name },
    types: { bigint: int8 },
    onnotice: () => {},
  });
  const sql: Sql = client as unknown as Sql;
  return {
    sql,
    db: drizzle(preparing(sql), { schema }),
    prepare() {
      sql.options.prepare = true;
    },
    end: () => sql.end({ timeout: END_LIMIT_SECONDS }),
  };
}
