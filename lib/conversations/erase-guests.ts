import { and, eq } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import { deleteAccount, lockAccount } from "#lib/accounts/accounts";
import { findIdleGuests, shutOutGuest } from "#lib/accounts/idle-guests";
import type { Transaction } from "#lib/database/client";
import { hasCode } from "#lib/errors";
import { lockLog } from "#lib/log/pen";
import { deleteConversation } from "./delete-conversation.ts";
import type { Deps } from "./deps.ts";
import { eraseConversation } from "./erase-conversation.ts";
import { ERASE_BATCH_GUESTS } from "./limits.ts";

type Of = Pick<Deps, "database" | "log">;

/**
 * For the janitor: deletes the guests who have not been here for so long, with all that was theirs. First every way in
 * is taken from them, then their conversations go, each in a transaction of its own, for they may hold large files, and
 * at last the account. Cut short, it goes on with the same guest the next time. Yields 1 for each guest who is gone, and
 * 0 in between.
 */
export async function* eraseIdleGuests(
  deps: Of,
  { retentionDays }: { retentionDays: number },
): AsyncGenerator<number> {
  for (let found = ERASE_BATCH_GUESTS; found === ERASE_BATCH_GUESTS; ) {
    const guestIds = await findIdleGuests(deps.database, { retentionDays, limit: ERASE_BATCH_GUESTS });
    for (const accountId of guestIds) {
      const isOut = await deps.database.transaction((transaction) =>
        shutOutGuest(transaction, { accountId, retentionDays }),
      );
      if (isOut) yield* eraseGuest(deps, accountId);
    }
    found = guestIds.length;
  }
}

async function* eraseGuest(deps: Of, accountId: string): AsyncGenerator<number> {
  do {
    for (const conversationId of await conversationsOf(deps.database, accountId)) {
      // Whoever reads along by a link is told, and what is being answered ends.
      await deleteConversation(deps, { accountId, conversationId }).catch(unlessGone);
      await deps.database.transaction(async (transaction) => {
        await lockLog(transaction, conversationId);
        // It may have become somebody else's, who signed up in this very moment.
        if (await owns(transaction, { accountId, conversationId }))
          await eraseConversation(transaction, conversationId);
      });
      yield 0;
    }
  } while (!(await deps.database.transaction((transaction) => dismiss(transaction, accountId))));
  yield 1;
}

/** A request that had begun before the guest was shut out may still have made a conversation. */
async function dismiss(transaction: Transaction, accountId: string): Promise<boolean> {
  await lockAccount(transaction, accountId);
  if ((await conversationsOf(transaction, accountId)).length > 0) return false;
  await deleteAccount(transaction, accountId);
  return true;
}

async function conversationsOf(database: Of["database"] | Transaction, accountId: string): Promise<string[]> {
  const rows = await database
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.accountId, accountId));
  return rows.map(({ id }) => id);
}

async function owns(
  transaction: Transaction,
  { accountId, conversationId }: { accountId: string; conversationId: string },
): Promise<boolean> {
  const rows = await transaction
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.id, conversationId), eq(conversations.accountId, accountId)));
  return rows.length > 0;
}

/** It is deleted already, and waits for being erased. */
function unlessGone(error: unknown): void {
  if (!hasCode(error, "not-found")) throw error;
}
