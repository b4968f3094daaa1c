import { eq } from "drizzle-orm";
import { messages } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import type { Message } from "#lib/protocol/event";

/**
 * Keeps what a message became, under the lock of its log and with the fold of it: at the end of a generation, and when
 * what was asked in it is answered.
 */
export async function saveParts(transaction: Transaction, { id, parts, metadata }: Message): Promise<void> {
  await transaction
    .update(messages)
    .set({ parts, metadata: metadata ?? null })
    .where(eq(messages.id, id));
}
