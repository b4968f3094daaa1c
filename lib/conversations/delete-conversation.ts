import { eq } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import { appendEvents } from "#lib/log/append";
import { freeAnyPen, lockLog } from "#lib/log/pen";
import type { Deps } from "./deps.ts";
import { owned } from "./owner.ts";

/**
 * Deletes a conversation with its messages and generations. Its log stays until it is truncated, so that readers
 * who were away learn that it is gone; its pen is taken from whoever holds it, and their model call ends.
 */
export async function deleteConversation(
  deps: Deps,
  { accountId, conversationId }: { accountId: string; conversationId: string },
): Promise<void> {
  const appended = await deps.database.transaction(async (transaction) => {
    await lockLog(transaction, conversationId);
    await owned(transaction, { accountId, conversationId });
    await freeAnyPen(transaction, conversationId);
    await transaction.delete(conversations).where(eq(conversations.id, conversationId));
    return [
      await appendEvents(transaction, { logId: conversationId, events: [{ type: "conversation-deleted" }] }),
      await appendEvents(transaction, {
        logId: accountId,
        events: [{ type: "conversation-deleted", conversationId }],
      }),
    ];
  });
  deps.log.committed(appended);
}
