import { and, eq, isNull, sql } from "drizzle-orm";
import { accounts } from "#drizzle/accounts";
import { conversations } from "#drizzle/schema";
import type { Database, Transaction } from "#lib/database/client";
import { Failure } from "#lib/errors";
import type { ConversationRow } from "./conversation-row.ts";
import { isKept } from "./owner.ts";

export const noSuchShare = () =>
  new Failure("not-found", "There is nothing behind this link. It was never made, or it was taken back.");

/** The conversation that a link leads to. Neither to one that is deleted nor to one of an account that is disabled. */
export async function shared(database: Database | Transaction, shareToken: string): Promise<ConversationRow> {
  const [row] = await select(database).where(and(eq(conversations.shareToken, shareToken), isOpen));
  if (!row) throw noSuchShare();
  return row.conversation;
}

/** Those of the links that lead somewhere. */
export async function openShares(database: Database, shareTokens: string[]): Promise<Set<string>> {
  if (shareTokens.length === 0) return new Set();
  const rows = await database
    .select({ shareToken: conversations.shareToken })
    .from(conversations)
    .innerJoin(accounts, eq(accounts.id, conversations.accountId))
    .where(and(sql`${conversations.shareToken} = any(${sql.param(shareTokens)}::text[])`, isOpen));
  return new Set(rows.flatMap(({ shareToken }) => shareToken ?? []));
}

const isOpen = and(isKept, isNull(accounts.disabledAt));

const select = (database: Database | Transaction) =>
  database
    .select({ conversation: conversations })
    .from(conversations)
    .innerJoin(accounts, eq(accounts.id, conversations.accountId));
