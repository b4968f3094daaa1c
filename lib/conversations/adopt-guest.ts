import { asc, eq } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import { deleteAccount, lockAccount } from "#lib/accounts/accounts";
import { addLog, lockLog } from "#lib/log/pen";
import type { Appended } from "#lib/log/stored-entry";
import { announceConversation } from "./announce.ts";
import type { Deps } from "./deps.ts";

/**
 * Whoever signs in on a device brings along what was done there as a guest: the conversations become the account's,
 * answers in flight among them, and the guest is no more. From the lock on nothing can be added for the guest:
 * a new conversation waits for it, and then finds nobody to belong to.
 */
export async function adoptGuest(
  { database, log }: Pick<Deps, "database" | "log">,
  { guestId, accountId }: { guestId: string; accountId: string },
): Promise<void> {
  const appended = await database.transaction(async (transaction) => {
    await lockAccount(transaction, guestId);
    await addLog(transaction, accountId);
    const rows = await transaction
      .select({ id: conversations.id })
      .from(conversations)
      .where(eq(conversations.accountId, guestId))
      .orderBy(asc(conversations.updatedAt), asc(conversations.id));
    const announced: Appended[] = [];
    for (const { id } of rows) {
      // Each before the account's log, as everywhere: whoever writes to a conversation locks the two in this order.
      await lockLog(transaction, id);
      await transaction.update(conversations).set({ accountId }).where(eq(conversations.id, id));
    }
    for (const { id } of rows) {
      announced.push(...(await announceConversation(transaction, id, "conversation-added")));
    }
    await deleteAccount(transaction, guestId);
    return announced;
  });
  log.committed(appended);
}
