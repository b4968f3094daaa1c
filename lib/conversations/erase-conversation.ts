import { eq } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import { forgetAllButLast } from "#lib/log/forget";

/**
 * Erases a deleted conversation for good, under the lock of its log: its messages, generations and files, and all that
 * its log says but that it was deleted. The log's own row stays, and holds no words: by it nobody brings the
 * conversation back who still has its id.
 */
export async function eraseConversation(transaction: Transaction, conversationId: string): Promise<void> {
  await forgetAllButLast(transaction, conversationId);
  await transaction.delete(conversations).where(eq(conversations.id, conversationId));
}
