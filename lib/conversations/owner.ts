import { and, count, eq, isNull, sql } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import type { Database, Transaction } from "#lib/database/client";
import { isOneOf } from "#lib/database/is-one-of";
import { Failure } from "#lib/errors";
import type { ConversationRow } from "./conversation-row.ts";

export const notFound = (thing: string) =>
  new Failure("not-found", `There is no such ${thing}, or it is not yours.`);

/** A condition: nobody has deleted it. Whatever finds conversations asks this; only what restores and erases does not. */
export const isKept = isNull(conversations.deletedAt);

/** A condition: it stands in the account's list, and others are told of it there. A temporary one never does. */
export const isListed = sql`(${conversations.deletedAt} is null and not ${conversations.temporary})`;

/** The conversation, whoever's it is, unless somebody has deleted it. */
export async function findKept(
  database: Database | Transaction,
  conversationId: string,
): Promise<ConversationRow | undefined> {
  const [row] = await database
    .select()
    .from(conversations)
    .where(and(eq(conversations.id, conversationId), isKept));
  return row;
}

/** The conversation, if it is this account's. What is somebody else's answers as what does not exist, and so does what was deleted. */
export async function owned(
  database: Database | Transaction,
  owner: { accountId: string; conversationId: string },
): Promise<ConversationRow> {
  const row = await findOwned(database, owner);
  if (!row) throw notFound("conversation");
  return row;
}

/** The same for those to whom it is no failure if there is none. */
export async function findOwned(
  database: Database | Transaction,
  { accountId, conversationId }: { accountId: string; conversationId: string },
): Promise<ConversationRow | undefined> {
  const [row] = await database
    .select()
    .from(conversations)
    .where(and(eq(conversations.id, conversationId), eq(conversations.accountId, accountId), isKept));
  return row;
}

/** Throws unless all of them are this account's. It is one question, however many there are. */
export async function mustOwn(
  database: Database | Transaction,
  { accountId, conversationIds }: { accountId: string; conversationIds: string[] },
): Promise<void> {
  if (conversationIds.length === 0) return;
  const [row] = await database
    .select({ owned: count() })
    .from(conversations)
    .where(and(isOneOf(conversations.id, conversationIds), eq(conversations.accountId, accountId), isKept));
  if (row?.owned !== new Set(conversationIds).size) throw notFound("conversation");
}
