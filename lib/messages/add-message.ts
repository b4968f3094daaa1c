import { messages } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import { Failure } from "#lib/errors";
import type { Message } from "#lib/protocol/event";
import { storable } from "#lib/protocol/storable";
import { toMessage } from "./message-row.ts";

/** Adds a message and returns it as it is kept. `sequence` is the entry that will tell of it. */
export async function addMessage(
  transaction: Transaction,
  {
    sequence,
    ...message
  }: Pick<Message, "id" | "conversationId" | "parentId" | "role" | "parts" | "model"> & { sequence: number },
): Promise<Message> {
  const [row] = await transaction
    .insert(messages)
    .values({ ...message, parts: storable(message.parts), sequence })
    .onConflictDoNothing()
    .returning();
  if (!row) throw new Failure("id-taken", "This id already names a message. Send it with a new id.");
  return toMessage(row);
}
