import { and, asc, eq } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import { deleteAccount, lockAccount } from "#lib/accounts/accounts";
import type { Transaction } from "#lib/database/client";
import { moveFiles, moveSentFiles } from "#lib/files/move-files";
import { addLog, lockLog } from "#lib/log/pen";
import { announceConversation } from "./announce.ts";
import type { Deps } from "./deps.ts";

type Adoption = { guestId: string; accountId: string };

/**
 * Whoever signs in on a device brings along what was done there as a guest: the conversations become the account's,
 * answers in flight among them and what was deleted and can be brought back, and the guest is no more. Safe to do again, should it be cut short.
 */
export async function adoptGuest(deps: Pick<Deps, "database" | "log">, adoption: Adoption): Promise<void> {
  do {
    const rows = await deps.database
      .select({ id: conversations.id })
      .from(conversations)
      .where(eq(conversations.accountId, adoption.guestId))
      .orderBy(asc(conversations.updatedAt));
    for (const { id } of rows) await adopt(deps, { ...adoption, conversationId: id });
  } while (!(await deps.database.transaction((transaction) => dismiss(transaction, adoption))));
}

/** Each in a transaction of its own: one that held several logs could wait in a circle with what writes into them. */
async function adopt(
  { database, log }: Pick<Deps, "database" | "log">,
  { guestId, accountId, conversationId }: Adoption & { conversationId: string },
): Promise<void> {
  const appended = await database.transaction(async (transaction) => {
    await addLog(transaction, accountId);
    await lockLog(transaction, conversationId);
    const moved = await transaction
      .update(conversations)
      .set({ accountId })
      .where(and(eq(conversations.id, conversationId), eq(conversations.accountId, guestId)))
      .returning({ id: conversations.id });
    // Erased meanwhile, or adopted by the same sign-in that was sent twice.
    if (moved.length === 0) return [];
    await moveSentFiles(transaction, { conversationId, toId: accountId });
    return announceConversation(transaction, conversationId, "conversation-added");
  });
  log.committed(appended);
}

/**
 * Deletes the guest if nothing is theirs any more. From the lock on nothing can come to be: a new conversation waits
 * for it, and then finds nobody to belong to.
 */
async function dismiss(transaction: Transaction, { guestId, accountId }: Adoption): Promise<boolean> {
  await lockAccount(transaction, guestId);
  const left = await transaction
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.accountId, guestId))
    .limit(1);
  if (left.length > 0) return false;
  await moveFiles(transaction, { fromId: guestId, toId: accountId });
  await deleteAccount(transaction, guestId);
  return true;
}
