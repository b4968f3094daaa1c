import { eq } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import { Failure } from "#lib/errors";
import { appendEvents } from "#lib/log/append";
import { lockLog } from "#lib/log/pen";
import type { Appended } from "#lib/log/stored-entry";
import { addMessage } from "#lib/messages/add-message";
import { readMessage } from "#lib/messages/read-messages";
import type { SendPromptBody, Sent } from "#lib/protocol/api";
import { newId } from "#lib/protocol/ids";
import { announceConversation } from "./announce.ts";
import { type ConversationRow, toConversation } from "./conversation-row.ts";
import { ensureConversation } from "./create-conversation.ts";
import type { Deps } from "./deps.ts";
import { promiseAnswer } from "./promise-answer.ts";
import { sentBefore } from "./sent-before.ts";
import { DEFAULT_TITLE, titleOf } from "./title.ts";

/**
 * Accepts a prompt: once this returns, the answer is promised. Everything is in one transaction: the conversation
 * if it is new, the prompt, its empty answer, the generation, and the entries that tell of them. The same message
 * id again is the same prompt, however often and from wherever it is sent.
 */
export async function sendPrompt(
  deps: Deps,
  {
    accountId,
    conversationId,
    prompt,
  }: { accountId: string; conversationId: string; prompt: SendPromptBody },
): Promise<{ sent: Sent; isNew: boolean }> {
  if (prompt.model) await deps.models.mustHave(prompt.model);
  const defaultModel = await deps.models.defaultId();
  const { sent, isNew, appended } = await deps.database.transaction(async (transaction) => {
    const created = await ensureConversation(transaction, {
      accountId,
      body: { id: conversationId, title: titleOf(prompt.parts) },
    });
    // From here to the commit nobody else writes to this conversation: that is the one order everybody sees.
    const log = await lockLog(transaction, conversationId);
    if (!log) throw new Error(`conversation ${conversationId} has no log`);
    const before = await sentBefore(transaction, { conversationId, prompt });
    if (before) return { sent: before, isNew: false, appended: [] };
    const conversation = await lockedConversation(transaction, conversationId);
    const added = await addPrompt(transaction, { conversation, prompt, head: log.head, defaultModel });
    const announced = await announceConversation(
      transaction,
      conversationId,
      created.isNew ? "conversation-added" : "conversation-changed",
    );
    return { sent: added.sent, isNew: true, appended: [...created.appended, added.appended, ...announced] };
  });
  deps.log.committed(appended);
  if (isNew) deps.wakeWorker();
  return { sent, isNew };
}

/** Read anew under the lock: the leaf may have moved while we waited for it. */
async function lockedConversation(transaction: Transaction, id: string): Promise<ConversationRow> {
  const [row] = await transaction.select().from(conversations).where(eq(conversations.id, id));
  if (!row) throw new Failure("not-found", "The conversation was deleted.");
  return row;
}

async function addPrompt(
  transaction: Transaction,
  {
    conversation,
    prompt,
    head,
    defaultModel,
  }: { conversation: ConversationRow; prompt: SendPromptBody; head: number; defaultModel: string },
): Promise<{ sent: Sent; appended: Appended }> {
  const conversationId = conversation.id;
  const parentId = prompt.parentId === undefined ? conversation.leafId : prompt.parentId;
  if (prompt.parentId) await mustBeAnswer(transaction, { conversationId, id: prompt.parentId });
  const model = prompt.model ?? conversation.model ?? defaultModel;
  const sequence = head + 1;

  const message = await addMessage(transaction, {
    id: prompt.id,
    conversationId,
    parentId,
    role: "user",
    parts: prompt.parts,
    sequence,
  });
  const isUnnamed = conversation.title === DEFAULT_TITLE;
  const { answer, generation, changed } = await promiseAnswer(transaction, {
    id: newId(),
    conversationId,
    parentId: message.id,
    model,
    sequence: sequence + 1,
    ...(isUnnamed && { title: titleOf(message.parts) }),
  });
  const appended = await appendEvents(transaction, {
    logId: conversationId,
    events: [
      { type: "message-added", message },
      { type: "message-added", message: answer },
      { type: "generation-queued", generation },
      ...(isUnnamed
        ? [{ type: "conversation-changed" as const, conversation: toConversation(changed) }]
        : []),
    ],
  });
  return {
    sent: {
      messageId: message.id,
      answerId: answer.id,
      generationId: generation.id,
      sequence,
    },
    appended,
  };
}

async function mustBeAnswer(
  transaction: Transaction,
  { conversationId, id }: { conversationId: string; id: string },
) {
  const parent = await readMessage(transaction, id);
  if (parent?.conversationId === conversationId && parent.role === "assistant") return;
  throw new Failure("invalid-request", "parentId: must name an answer of this conversation.");
}
