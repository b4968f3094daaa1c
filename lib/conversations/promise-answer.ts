import { eq, sql } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import { queueGeneration } from "#lib/generations/queue-generation";
import { addMessage } from "#lib/messages/add-message";
import type { Generation, Message } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import type { ConversationRow } from "./conversation-row.ts";

/**
 * An answer that is still empty, the generation that will write it, and the branch that is shown from now on.
 * `sequence` is the entry that will tell of the answer; the one after it tells of the generation.
 */
export async function promiseAnswer(
  transaction: Transaction,
  answering: {
    id: string;
    conversationId: string;
    parentId: string;
    model: string;
    sequence: number;
    title?: string;
    /** Null where what was typed has become the prompt. */
    draft?: null;
  },
): Promise<{ answer: Message; generation: Generation; changed: ConversationRow }> {
  const { id, conversationId, parentId, model, sequence, title, draft } = answering;
  const adding = addMessage(transaction, {
    id,
    conversationId,
    parentId,
    role: "assistant",
    parts: [],
    model,
    sequence,
  });
  const queueing = queueGeneration(transaction, {
    id: newId(),
    conversationId,
    messageId: id,
    model,
    sequence: sequence + 1,
  });
  const changing = transaction
    .update(conversations)
    .set({
      leafId: id,
      updatedAt: sql`now()`,
      ...(title !== undefined && { title }),
      ...(draft === null && { draft }),
    })
    .where(eq(conversations.id, conversationId))
    .returning();
  const [answer, generation, [changed]] = await Promise.all([adding, queueing, changing]);
  if (!changed) throw new Error("a conversation was changed and not returned");
  return { answer, generation, changed };
}
