import { and, desc, eq, ilike, lt, or, type SQL, sql } from "drizzle-orm";
import { accounts, devices, promptCounts } from "#drizzle/accounts";
import type { Database } from "#lib/database/client";
import { Failure } from "#lib/errors";
import type { OverseenAccount, OverseenList } from "#lib/protocol/admin";
import { storable } from "#lib/protocol/storable";
import { signOutAll } from "./devices.ts";

export type SeenAccount = Omit<OverseenAccount, "conversations">;

// Named in full: in a selection from one table Drizzle leaves the table's name away, and within brackets another
// table's column of the same name would be meant.
const accountId = sql`${accounts}.id`;

const lastSeenAt = sql<Date | null>`(
  select max(device.last_seen_at) from ${devices} as device where device.account_id = ${accountId}
)`.mapWith(devices.lastSeenAt);

const promptsToday = sql<number>`coalesce((
  select counted.count from ${promptCounts} as counted
  where counted.account_id = ${accountId} and counted.period = 'day'
    and counted.started_at = date_trunc('day', now(), 'UTC')
), 0)`.mapWith(Number);

/** Those that signed up, the newest first. Ids are given out in the order of time. */
export async function readAccounts(
  database: Database,
  { search, before, limit }: { search?: string | undefined; before?: string | undefined; limit: number },
): Promise<SeenAccount[]> {
  const wanted = and(
    eq(accounts.isGuest, false),
    before ? lt(accounts.id, before) : undefined,
    search ? named(search) : undefined,
  );
  return select(database, { wanted, limit });
}

export async function readAccount(database: Database, accountId: string): Promise<SeenAccount> {
  const [account] = await select(database, { wanted: eq(accounts.id, accountId), limit: 1 });
  if (!account) throw noSuchAccount();
  return account;
}

export async function countGuests(database: Database): Promise<OverseenList["guests"]> {
  const [row] = await database
    .select({
      count: sql<number>`count(*)`.mapWith(Number),
      promptsToday: sql<number>`coalesce(sum(${promptCounts.count}), 0)`.mapWith(Number),
    })
    .from(accounts)
    .leftJoin(
      promptCounts,
      and(
        eq(promptCounts.accountId, accounts.id),
        eq(promptCounts.period, "day"),
        eq(promptCounts.startedAt, sql`date_trunc('day', now(), 'UTC')`),
      ),
    )
    .where(eq(accounts.isGuest, true));
  return row ?? { count: 0, promptsToday: 0 };
}

/**
 * Keeps an account out, or lets it in again. Out, all its devices are signed out, and its keys are refused for as long;
 * answers that are on their way end by themselves.
 */
export async function setDisabled(
  database: Database,
  { accountId, disabled }: { accountId: string; disabled: boolean },
): Promise<void> {
  await database.transaction(async (transaction) => {
    const changed = await transaction
      .update(accounts)
      .set({ disabledAt: disabled ? sql`coalesce(${accounts.disabledAt}, now())` : null })
      .where(eq(accounts.id, accountId))
      .returning({ id: accounts.id });
    if (changed.length === 0) throw noSuchAccount();
    if (disabled) await signOutAll(transaction, accountId);
  });
}

const noSuchAccount = () => new Failure("not-found", "There is no such account.");

async function select(
  database: Database,
  { wanted, limit }: { wanted: SQL | undefined; limit: number },
): Promise<SeenAccount[]> {
  const rows = await database
    .select({ account: accounts, lastSeenAt, promptsToday })
    .from(accounts)
    .where(wanted)
    .orderBy(desc(accounts.id))
    .limit(limit);
  return rows.map(({ account, ...row }) => ({
    id: account.id,
    name: account.name,
    email: account.email,
    isGuest: account.isGuest,
    createdAt: account.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    disabledAt: account.disabledAt?.toISOString() ?? null,
    promptsToday: row.promptsToday,
  }));
}

function named(search: string) {
  const pattern = `%${storable(search).replace(/[\\%_]/g, "\\$&")}%`;
  return or(ilike(accounts.name, pattern), ilike(accounts.email, pattern));
}
