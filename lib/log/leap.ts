import { sql } from "drizzle-orm";
import { entries, logs, origin } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";

/** More numbers than anybody was given between a backup and the failure that it was restored after. */
export const LEAP = 1_000_000;

/**
 * Whether this database is another one than the numbers of its logs were given out in; from now on it is the same. The
 * cluster, the database in it, and how often a copy of it was made the first: whoever restores a dump, or takes a
 * replica for the original, changes one of them.
 */
export async function wasRestored(transaction: Transaction): Promise<boolean> {
  // The row is locked until the transaction ends, so that of several processes that start only one finds it changed.
  await transaction.execute(sql`
    insert into ${origin} (database) values (${HERE}) on conflict (is_only) do update set is_only = true`);
  const changed = await transaction.execute(sql`
    update ${origin} set database = ${HERE} where database <> ${HERE} returning is_only`);
  return changed.length > 0;
}

const HERE = sql`concat_ws(':',
  (select system_identifier from pg_control_system()),
  (select oid from pg_database where datname = current_database()),
  (select timeline_id from pg_control_checkpoint()))`;

/**
 * Moves the heads of all logs on, past all numbers that may have been told before the failure: whoever comes with one
 * gets `reset` and a snapshot. Else they would be told what came after it here, and miss what came before.
 *
 * @param from entries that are still to be read, of some logs: from these numbers on they move along
 */
export async function leap(
  transaction: Transaction,
  { from }: { from: { logId: string; sequence: number }[] },
): Promise<void> {
  const [logIds, sequences] = [from.map(({ logId }) => logId), from.map(({ sequence }) => sequence)];
  await transaction.update(logs).set({ head: sql`${logs.head} + ${LEAP}` });
  await transaction.execute(sql`
    update ${entries} set sequence = entries.sequence + ${LEAP}
    from unnest(${sql.param(logIds)}::uuid[], ${sql.param(sequences)}::bigint[]) as moved(log_id, sequence)
    where entries.log_id = moved.log_id and entries.sequence >= moved.sequence`);
}
