import { and, isNotNull, ne, sql } from "drizzle-orm";
import { logs } from "#drizzle/schema";
import type { Database } from "#lib/database/client";
import { isOneOf } from "#lib/database/is-one-of";

/** The first half of every witness's key, so that no other advisory lock is taken for one. */
const WITNESS_CLASS = 7_365_612;

/**
 * A worker's witness: an advisory lock that its LISTEN connection holds for as long as it lives. When the worker
 * dies, the database lets go of it, long before its leases run out.
 *
 * It is shared, so that a worker that comes back is not kept waiting by its own former connection, which the
 * database may take for alive for a while.
 */
export function holdWitness(workerId: string): { text: string; values: string[] } {
  return { text: `select pg_advisory_lock_shared(${WITNESS_CLASS}, hashtext($1))`, values: [workerId] };
}

/** A pen whose holder has no witness, and what its lease said when that was seen. */
export type Unwitnessed = { logId: string; lease: string };

/** Which of these logs' pens are held by others whose witness is gone. */
export async function findUnwitnessed(
  database: Database,
  { logIds, workerId }: { logIds: string[]; workerId: string },
): Promise<Unwitnessed[]> {
  if (logIds.length === 0) return [];
  return database
    .select({ logId: logs.logId, lease: leaseText })
    .from(logs)
    .where(
      and(
        isOneOf(logs.logId, logIds),
        isNotNull(logs.generationId),
        ne(logs.workerId, workerId),
        isUnwitnessed,
      ),
    );
}

/** To the microsecond, as the database has it: a lease that was renewed in between is another one. */
export const leaseText = sql<string>`${logs.leaseExpiresAt}::text`;

const isUnwitnessed = sql`not exists (
  select from pg_locks
  where locktype = 'advisory' and objsubid = 2 and granted
    and database = (select oid from pg_database where datname = current_database())
    and classid = ${WITNESS_CLASS} and objid = (hashtext(${logs.workerId})::bigint & 4294967295)::oid)`;
