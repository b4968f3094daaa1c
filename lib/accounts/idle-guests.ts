import { and, asc, eq, lt, type SQL, sql } from "drizzle-orm";
import { accounts, apiKeys, devices, signInLinks } from "#drizzle/accounts";
import type { Database, Transaction } from "#lib/database/client";
import { lockAccount } from "./accounts.ts";
import { signOutAll } from "./devices.ts";

/** A condition on accounts: a guest who has not been here for so many days, by no device and by no program. */
function isIdleGuest(days: number): SQL | undefined {
  const then = sql`now() - ${days} * interval '1 day'`;
  return and(
    // Written out: only a statement that says so itself can use the index of guests.
    sql`${accounts.isGuest}`,
    lt(accounts.createdAt, then),
    sql`not exists (
      select from ${devices} as device where device.account_id = ${accounts}.id and device.last_seen_at >= ${then})`,
    sql`not exists (
      select from ${apiKeys} as key where key.account_id = ${accounts}.id and key.last_used_at >= ${then})`,
  );
}

type Sought = { retentionDays: number };

/** Some of those who have not been here for so long, who came first before the others. */
export async function findIdleGuests(
  database: Database,
  { retentionDays, limit }: Sought & { limit: number },
): Promise<string[]> {
  const rows = await database
    .select({ id: accounts.id })
    .from(accounts)
    .where(isIdleGuest(retentionDays))
    .orderBy(asc(accounts.createdAt))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/**
 * Takes every way in from a guest who is still not here: from now on nobody comes back while what was theirs is being
 * deleted, and there is nobody who could see half of it. False for one who has come back.
 */
export async function shutOutGuest(
  transaction: Transaction,
  { accountId, retentionDays }: Sought & { accountId: string },
): Promise<boolean> {
  await lockAccount(transaction, accountId);
  const [idle] = await transaction
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), isIdleGuest(retentionDays)));
  if (!idle) return false;
  await signOutAll(transaction, accountId);
  await transaction.delete(apiKeys).where(eq(apiKeys.accountId, accountId));
  await transaction.delete(signInLinks).where(eq(signInLinks.accountId, accountId));
  return true;
}
