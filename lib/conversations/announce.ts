import { and, eq } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import { readAnswering } from "#lib/generations/read-generations";
import { appendEvents } from "#lib/log/append";
import type { Appended } from "#lib/log/stored-entry";
import type { AccountEvent } from "#lib/protocol/event";
import { toItem } from "./conversation-row.ts";
import { isListed } from "./owner.ts";

/**
 * Tells the account's log what one of its conversations looks like now. Always after the conversation's own log
 * was written, so that two transactions never lock the two logs in different order. Of what is not in the list, nothing is told.
 */
export async function announceConversation(
  transaction: Transaction,
  conversationId: string,
  type: "conversation-added" | "conversation-changed" = "conversation-changed",
): Promise<Appended[]> {
  const [[row], answering] = await Promise.all([
    transaction
      .select()
      .from(conversations)
      .where(and(eq(conversations.id, conversationId), isListed)),
    readAnswering(transaction, [conversationId]),
  ]);
  if (!row) return [];
  const conversation = toItem(row, answering.get(conversationId));
  const event: AccountEvent = { type, conversation };
  return [await appendEvents(transaction, { logId: row.accountId, events: [event] })];
}
