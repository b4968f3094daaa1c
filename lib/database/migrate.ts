import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { createDatabase } from "./client.ts";

/** Any number will do as long as nobody else locks it in this database. */
const MIGRATION_LOCK = 7_365_610;

const LOOK_AGAIN_MS = 100;

/**
 * Brings a database to the newest tables. Any number of instances may ask at once: one works, the others look again until
 * it is done, and find nothing left to do. The lock belongs to a transaction beside the work, so that it is let go of also
 * behind a pooler, and whoever does not have it keeps no connection waiting for it.
 */
export async function migrate(url: string): Promise<void> {
  const migrationsFolder = fileURLToPath(new URL("../../drizzle/migrations", import.meta.url));
  const { db, end } = createDatabase(url, { max: 2, name: "rejoin migrate", prepare: false });
  const isDone = () =>
    db.transaction(async (transaction) => {
      const [lock] = await transaction.execute<{ is_ours: boolean }>(
        sql`select pg_try_advisory_xact_lock(${MIGRATION_LOCK}) as is_ours`,
      );
      if (lock?.is_ours) await applyMigrations(db, { migrationsFolder });
      return lock?.is_ours ?? false;
    });
  try {
    while (!(await isDone())) await pause(LOOK_AGAIN_MS);
  } finally {
    await end();
  }
}
