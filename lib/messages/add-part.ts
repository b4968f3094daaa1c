import { eq, sql } from "drizzle-orm";
import { messages } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import type { Part } from "#lib/protocol/event";

/** Keeps what came to a message after it was whole. Its log tells the same, as `part-added`. */
export async function addPart(
  transaction: Transaction,
  { messageId, part }: { messageId: string; part: Part },
): Promise<void> {
  await transaction
    .update(messages)
    .set({ parts: sql`${messages.parts} || ${JSON.stringify([part])}::jsonb` })
    .where(eq(messages.id, messageId));
}
