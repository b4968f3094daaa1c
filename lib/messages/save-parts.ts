import { eq } from "drizzle-orm";
import { messages } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import type { Message } from "#lib/protocol/event";

/** Keeps what a message became. Only `settle` calls this, with the fold of the message's log. */
export async function saveParts(transaction: Transaction, { id, parts, metadata }: Message): Promise<void> {
  await transaction
    .update(messages)
    .set({ parts, metadata: metadata ?? null })
    .where(eq(messages.id, id));
}
