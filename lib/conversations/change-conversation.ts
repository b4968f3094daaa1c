import { eq } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import { Failure } from "#lib/errors";
import { appendEvents } from "#lib/log/append";
import { lockLog } from "#lib/log/pen";
import { readMessage } from "#lib/messages/read-messages";
import type { ChangeConversationBody } from "#lib/protocol/api";
import type { Conversation, ConversationEvent } from "#lib/protocol/event";
import { storable } from "#lib/protocol/storable";
import { announceConversation } from "./announce.ts";
import { toConversation } from "./conversation-row.ts";
import type { Deps } from "./deps.ts";
import { owned } from "./owner.ts";

/**
 * Renames, pins, archives, sets the model, the instructions or what was typed and not sent, or shows another branch.
 * What is typed is shown by no list, so the account's log is not told of that alone.
 */
export async function changeConversation(
  deps: Deps,
  {
    accountId,
    conversationId,
    change,
  }: { accountId: string; conversationId: string; change: ChangeConversationBody },
): Promise<{ conversation: Conversation; sequence: number }> {
  if (change.model) await deps.models.mustHave(change.model);
  const { conversation, appended, announced } = await deps.database.transaction(async (transaction) => {
    await lockLog(transaction, conversationId);
    await owned(transaction, { accountId, conversationId });
    if (change.leafId) await mustBeMessage(transaction, { conversationId, id: change.leafId });
    const [row] = await transaction
      .update(conversations)
      .set(storable({ ...change, ...(change.title !== undefined && { titledBy: "person" as const }) }))
      .where(eq(conversations.id, conversationId))
      .returning();
    if (!row) throw new Error("a conversation was changed and not returned");
    const conversation = toConversation(row);
    const isLeafAlone = change.leafId !== undefined && Object.keys(change).length === 1;
    const isDraftAlone = change.draft !== undefined && Object.keys(change).length === 1;
    const event: ConversationEvent = isLeafAlone
      ? { type: "leaf-changed", leafId: change.leafId ?? "" }
      : { type: "conversation-changed", conversation };
    const appended = await appendEvents(transaction, { logId: conversationId, events: [event] });
    const announced =
      isLeafAlone || isDraftAlone ? [] : await announceConversation(transaction, conversationId);
    return { conversation, appended, announced };
  });
  deps.log.committed([appended, ...announced]);
  return { conversation, sequence: appended.entries.at(-1)?.sequence ?? 0 };
}

async function mustBeMessage(
  transaction: Transaction,
  { conversationId, id }: { conversationId: string; id: string },
) {
  const leaf = await readMessage(transaction, id);
  if (leaf?.conversationId === conversationId) return;
  throw new Failure("invalid-request", "leafId: must name a message of this conversation.");
}
