import { and, eq, gt, sql } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import { appendEvents } from "#lib/log/append";
import { forgetEntries } from "#lib/log/forget";
import { lockLog } from "#lib/log/pen";
import type { Conversation } from "#lib/protocol/event";
import { announceConversation } from "./announce.ts";
import { toConversation } from "./conversation-row.ts";
import type { Deps } from "./deps.ts";
import { RESTORABLE_HOURS } from "./limits.ts";
import { owned } from "./owner.ts";

/**
 * Brings back what was deleted, for as long as it is there. Safe to ask again. Its log forgets what was said in it:
 * whoever was away loads a snapshot, and never hears that the conversation had been deleted.
 */
export async function restoreConversation(
  deps: Pick<Deps, "database" | "log">,
  { accountId, conversationId }: { accountId: string; conversationId: string },
): Promise<{ conversation: Conversation }> {
  const { conversation, appended } = await deps.database.transaction(async (transaction) => {
    await lockLog(transaction, conversationId);
    const [row] = await transaction
      .update(conversations)
      .set({ deletedAt: null })
      .where(
        and(
          eq(conversations.id, conversationId),
          eq(conversations.accountId, accountId),
          gt(conversations.deletedAt, sql`now() - ${RESTORABLE_HOURS} * interval '1 hour'`),
        ),
      )
      .returning();
    if (!row) {
      const kept = await owned(transaction, { accountId, conversationId });
      return { conversation: toConversation(kept), appended: [] };
    }
    const conversation = toConversation(row);
    await forgetEntries(transaction, conversationId);
    const told = await appendEvents(transaction, {
      logId: conversationId,
      events: [{ type: "conversation-changed", conversation }],
    });
    const announced = await announceConversation(transaction, conversationId, "conversation-added");
    return { conversation, appended: [told, ...announced] };
  });
  deps.log.committed(appended);
  return { conversation };
}
