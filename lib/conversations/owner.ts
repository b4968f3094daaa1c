import { and, eq } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import type { Database, Transaction } from "#lib/database/client";
import { Failure } from "#lib/errors";
import type { ConversationRow } from "./conversation-row.ts";

export const notFound = (thing: string) =>
  new Failure("not-found", `There is no such ${thing}, or it is not yours.`);

/** The conversation, if it is this account's. What is somebody else's answers as what does not exist. */
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
    .where(and(eq(conversations.id, conversationId), eq(conversations.accountId, accountId)));
  return row;
}
