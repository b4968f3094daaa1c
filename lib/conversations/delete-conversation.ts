import { eq, sql } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import { readGenerations } from "#lib/generations/read-generations";
import { settle } from "#lib/generations/settle";
import { appendEvents } from "#lib/log/append";
import { lockLog } from "#lib/log/pen";
import type { Appended } from "#lib/log/stored-entry";
import type { Deps } from "./deps.ts";
import { eraseConversation } from "./erase-conversation.ts";
import { owned } from "./owner.ts";

/**
 * Deletes a conversation: what is being answered is cancelled, its lines end, and from here on nobody finds it. What it
 * holds is erased by the janitor, and can be brought back until then; a temporary one is erased at once.
 */
export async function deleteConversation(
  deps: Pick<Deps, "database" | "log">,
  { accountId, conversationId }: { accountId: string; conversationId: string },
): Promise<void> {
  const appended = await deps.database.transaction(async (transaction) => {
    await lockLog(transaction, conversationId);
    const { temporary } = await owned(transaction, { accountId, conversationId });
    const cancelled = await cancelAll(transaction, conversationId);
    const told = await appendEvents(transaction, {
      logId: conversationId,
      events: [{ type: "conversation-deleted" }],
    });
    if (temporary) {
      await eraseConversation(transaction, conversationId);
      return [...cancelled, told];
    }
    await transaction
      .update(conversations)
      .set({ deletedAt: sql`now()` })
      .where(eq(conversations.id, conversationId));
    const event = { type: "conversation-deleted" as const, conversationId };
    return [...cancelled, told, await appendEvents(transaction, { logId: accountId, events: [event] })];
  });
  deps.log.committed(appended);
}

/** Ends what is being made and what waits for its turn. Who writes it finds no pen any more, and their model call ends. */
async function cancelAll(transaction: Transaction, conversationId: string): Promise<Appended[]> {
  const appended: Appended[] = [];
  for (const generation of await readGenerations(transaction, conversationId)) {
    if (generation.endedAt) continue;
    const settled = await settle(transaction, { generation, outcome: "cancelled" });
    if (settled) appended.push(settled.appended);
  }
  return appended;
}
