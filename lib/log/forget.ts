import { and, eq, lt } from "drizzle-orm";
import { entries, logs } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";

/**
 * Deletes the entries of a log, under its lock. Its numbers go on, so a reader that is behind gets `reset` and loads a
 * snapshot instead of what was said until then.
 */
export async function forgetEntries(transaction: Transaction, logId: string): Promise<void> {
  await transaction.delete(entries).where(eq(entries.logId, logId));
}

/** Deletes all entries but the newest, under the lock of the log: what is left says how it ended, and no more. */
export async function forgetAllButLast(transaction: Transaction, logId: string): Promise<void> {
  const head = transaction.select({ head: logs.head }).from(logs).where(eq(logs.logId, logId));
  await transaction.delete(entries).where(and(eq(entries.logId, logId), lt(entries.sequence, head)));
}
