import { and, count } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import { countGuests, readAccount, readAccounts, type SeenAccount, setDisabled } from "#lib/accounts/oversee";
import type { Database } from "#lib/database/client";
import { isOneOf } from "#lib/database/is-one-of";
import { Failure } from "#lib/errors";
import type { OverseenAccount, OverseenList } from "#lib/protocol/admin";
import { isListed } from "./owner.ts";

/** A page of the accounts for their admin, and how many guests there are. */
export async function overseeAccounts(
  database: Database,
  { q, before, limit }: { q?: string | undefined; before?: string | undefined; limit: number },
): Promise<OverseenList> {
  const [found, guests] = await Promise.all([
    readAccounts(database, { search: q, before, limit: limit + 1 }),
    countGuests(database),
  ]);
  const page = found.slice(0, limit);
  const next = found.length > limit ? (page.at(-1)?.id ?? null) : null;
  return { accounts: await counted(database, page), next, guests };
}

/** Keeps an account out, or lets it in again. Who does it cannot lock themselves out. */
export async function changeAccount(
  database: Database,
  { accountId, byId, disabled }: { accountId: string; byId: string; disabled: boolean },
): Promise<OverseenAccount | undefined> {
  if (disabled && accountId === byId) {
    throw new Failure("not-allowed", "This is your own account. Nobody could let you in again.");
  }
  await setDisabled(database, { accountId, disabled });
  const [account] = await counted(database, [await readAccount(database, accountId)]);
  return account;
}

async function counted(database: Database, accounts: SeenAccount[]): Promise<OverseenAccount[]> {
  const ids = accounts.map(({ id }) => id);
  const rows = await database
    .select({ accountId: conversations.accountId, count: count() })
    .from(conversations)
    .where(and(isOneOf(conversations.accountId, ids), isListed))
    .groupBy(conversations.accountId);
  const counts = new Map(rows.map((row) => [row.accountId, row.count]));
  return accounts.map((account) => ({ ...account, conversations: counts.get(account.id) ?? 0 }));
}
