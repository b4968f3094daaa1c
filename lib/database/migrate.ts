import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { createDatabase } from "./client.ts";

/** Any number will do as long as nobody else locks it in this database. */
const MIGRATION_LOCK = 7_365_610;

/**
 * Brings a database to the newest tables. Any number of instances may ask at once: one works, the others
 * wait for it and find nothing left to do. `url` must be a direct connection, for the lock belongs to it.
 */
export async function migrate(url: string): Promise<void> {
  const migrationsFolder = fileURLToPath(new URL("../../drizzle/migrations", import.meta.url));
  const { db, end } = createDatabase(url, { max: 1, name: "rejoin migrate", prepare: false });
  try {
    await db.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`);
    await applyMigrations(db, { migrationsFolder });
  } finally {
    await end(); // Ends the connection, and the lock with it.
  }
}
