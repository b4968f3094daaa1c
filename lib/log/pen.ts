import { and, eq, isNull, lt, ne, or, sql } from "drizzle-orm";
import { logs } from "#drizzle/schema";
import type { Database, Transaction } from "#lib/database/client";
import { isOneOf } from "#lib/database/is-one-of";
import { leaseText } from "./witness.ts";

/** The right to write one attempt of a generation, as far as its holder knows. */
export type Pen = { logId: string; generationId: string; attempt: number; position: number };

export type PenState = {
  logId: string;
  head: number;
  generationId: string | null;
  attempt: number;
  position: number;
};

const columns = {
  logId: logs.logId,
  head: logs.head,
  generationId: logs.generationId,
  attempt: logs.attempt,
  position: logs.position,
};

/** Makes the row of a log. False if it is there already. Its id is that of the conversation or account. */
export async function addLog(transaction: Transaction, logId: string): Promise<boolean> {
  const made = await transaction.insert(logs).values({ logId }).onConflictDoNothing().returning();
  return made.length > 0;
}

/** Locks a log until the transaction ends: whoever else appends to it or takes its pen waits. */
export async function lockLog(transaction: Transaction, logId: string): Promise<PenState | undefined> {
  const [state] = await transaction.select(columns).from(logs).where(eq(logs.logId, logId)).for("update");
  return state;
}

export async function readPens(database: Database | Transaction, logIds: string[]): Promise<PenState[]> {
  return database.select(columns).from(logs).where(isOneOf(logs.logId, logIds));
}

/**
 * Takes the pen if it lies free, or if its holder's lease for this same generation ran out, or is still the very
 * one that a dead worker had. Whoever held the pen before writes nothing from here on. Times are the database's:
 * no worker's clock is believed.
 */
export async function takePen(
  transaction: Transaction,
  taking: {
    logId: string;
    generationId: string;
    attempt: number;
    workerId: string;
    leaseTtlMs: number;
    deadLease?: string | undefined;
  },
): Promise<Pen | undefined> {
  const [taken] = await transaction
    .update(logs)
    .set({
      generationId: taking.generationId,
      attempt: taking.attempt,
      position: 0,
      workerId: taking.workerId,
      leaseExpiresAt: sql`now() + ${taking.leaseTtlMs} * interval '1 millisecond'`,
    })
    .where(
      and(
        eq(logs.logId, taking.logId),
        or(
          isNull(logs.generationId),
          and(
            eq(logs.generationId, taking.generationId),
            or(
              lt(logs.leaseExpiresAt, sql`now()`),
              taking.deadLease ? eq(leaseText, taking.deadLease) : undefined,
            ),
          ),
        ),
      ),
    )
    .returning({ logId: logs.logId });
  return taken && { ...taken, generationId: taking.generationId, attempt: taking.attempt, position: 0 };
}

/** Frees the pen of a generation. False if it is not in this generation's hand any more. */
export async function freePen(
  transaction: Transaction,
  { logId, generationId }: { logId: string; generationId: string },
): Promise<boolean> {
  const freed = await transaction
    .update(logs)
    .set({ generationId: null, workerId: null, leaseExpiresAt: null })
    .where(and(eq(logs.logId, logId), eq(logs.generationId, generationId)))
    .returning({ logId: logs.logId });
  return freed.length > 0;
}

/** Which of these logs have a pen whose lease ran out. */
export async function expiredPens(database: Database, logIds: string[]): Promise<Set<string>> {
  const rows = await database
    .select({ logId: logs.logId })
    .from(logs)
    .where(and(isOneOf(logs.logId, logIds), lt(logs.leaseExpiresAt, sql`now()`)));
  return new Set(rows.map((row) => row.logId));
}

/** Takes the pen from whoever holds it: nothing more is to be written into this log. */
export async function freeAnyPen(transaction: Transaction, logId: string): Promise<void> {
  await transaction
    .update(logs)
    .set({ generationId: null, workerId: null, leaseExpiresAt: null })
    .where(eq(logs.logId, logId));
}

/** Lets a lease run out at once: whoever looks next may take the pen. For a worker that goes and leaves work behind. False if the pen is not its any more. */
export async function endLease(
  transaction: Transaction,
  { logId, generationId, attempt }: Pen,
): Promise<boolean> {
  const ended = await transaction
    .update(logs)
    .set({ leaseExpiresAt: sql`now() - interval '1 millisecond'` })
    .where(and(eq(logs.logId, logId), eq(logs.generationId, generationId), eq(logs.attempt, attempt)))
    .returning({ logId: logs.logId });
  return ended.length > 0;
}

/**
 * Lets the leases run out that an earlier life of this instance left. An instance has one life at a time, so whoever
 * held them is gone. A worker's id begins with its instance's.
 */
export async function endLeasesOfEarlierLives(
  database: Database,
  { logIds, instanceId, workerId }: { logIds: string[]; instanceId: string; workerId: string },
): Promise<void> {
  if (logIds.length === 0) return;
  await database
    .update(logs)
    .set({ leaseExpiresAt: sql`now() - interval '1 millisecond'` })
    .where(
      and(
        isOneOf(logs.logId, logIds),
        sql`starts_with(${logs.workerId}, ${`${instanceId}:`})`,
        ne(logs.workerId, workerId),
      ),
    );
}
