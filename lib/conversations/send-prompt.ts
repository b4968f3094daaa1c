import { holdAccount } from "#lib/accounts/prompt-counts";
import type { Transaction } from "#lib/database/client";
import { Failure } from "#lib/errors";
import { attachFiles } from "#lib/files/attach-files";
import { appendEvents } from "#lib/log/append";
import { lockLog } from "#lib/log/pen";
import { addMessage } from "#lib/messages/add-message";
import { readMessage } from "#lib/messages/read-messages";
import type { SendPromptBody, Sent } from "#lib/protocol/api";
import type { ConversationEvent } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { announceConversation } from "./announce.ts";
import { type ConversationRow, toConversation } from "./conversation-row.ts";
import { addConversation, firstEvents } from "./create-conversation.ts";
import type { Deps } from "./deps.ts";
import { mayPrompt } from "./may-prompt.ts";
import { notFound, owned } from "./owner.ts";
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
    // Asked together, answered one after the other: one way to the database instead of eight.
    // From the lock to the commit nobody else writes to this conversation: that is the one order everybody sees.
    // Whose it is comes first: who may not write here is not told what is.
    const [allowance, created, log, conversation, before] = await Promise.all([
      holdAccount(transaction, { accountId, limits: deps.limits }),
      addConversation(transaction, {
        accountId,
        body: { id: conversationId, title: titleOf(prompt.parts), temporary: prompt.temporary },
        titledBy: "prompt",
      }),
      lockLog(transaction, conversationId),
      owned(transaction, { accountId, conversationId }),
      sentBefore(transaction, { conversationId, prompt }),
    ]);
    if (before) return { sent: before, isNew: false, appended: [] };
    if (!allowance) throw notFound("conversation");
    if (!log) throw new Error(`conversation ${conversationId} has no log`);
    const [, { sent, events }] = await Promise.all([
      mayPrompt(transaction, { accountId, allowance, limits: deps.limits }),
      addPrompt(transaction, {
        conversation,
        prompt,
        events: created ? firstEvents(created) : [],
        head: log.head,
        defaultModel,
      }),
    ]);
    const [told, announced] = await Promise.all([
      appendEvents(transaction, { logId: conversationId, events }),
      announceConversation(
        transaction,
        conversationId,
        created ? "conversation-added" : "conversation-changed",
      ),
    ]);
    return { sent, isNew: true, appended: [told, ...announced] };
  });
  deps.log.committed(appended);
  if (isNew) deps.wakeWorker();
  return { sent, isNew };
}

async function addPrompt(
  transaction: Transaction,
  {
    conversation,
    prompt,
    events,
    head,
    defaultModel,
  }: {
    conversation: ConversationRow;
    prompt: SendPromptBody;
    /** What is to be told before it. */
    events: ConversationEvent[];
    head: number;
    defaultModel: string;
  },
): Promise<{ sent: Sent; events: ConversationEvent[] }> {
  const conversationId = conversation.id;
  const parentId = prompt.parentId === undefined ? conversation.leafId : prompt.parentId;
  if (prompt.parentId) await mustBeAnswer(transaction, { conversationId, id: prompt.parentId });
  const sequence = head + events.length + 1;
  const isUnnamed = conversation.title === DEFAULT_TITLE;
  // What is worded anew, or sent elsewhere than after the newest, was not written where the draft was.
  const wasDrafted = conversation.draft !== null && prompt.parentId === undefined;
  const title = titleOf(prompt.parts);

  const [message, { answer, generation, changed }] = await Promise.all([
    addMessage(transaction, {
      id: prompt.id,
      conversationId,
      parentId,
      role: "user",
      parts: prompt.parts,
      sequence,
    }),
    promiseAnswer(transaction, {
      id: newId(),
      conversationId,
      parentId: prompt.id,
      model: prompt.model ?? conversation.model ?? defaultModel,
      sequence: sequence + 1,
      ...(isUnnamed && { title }),
      ...(wasDrafted && { draft: null }),
    }),
    attachFiles(transaction, {
      accountId: conversation.accountId,
      conversationId,
      parts: prompt.parts,
    }),
  ]);
  return {
    sent: { messageId: message.id, answerId: answer.id, generationId: generation.id, sequence },
    events: [
      ...events,
      { type: "message-added", message },
      { type: "message-added", message: answer },
      { type: "generation-queued", generation },
      ...(isUnnamed || wasDrafted
        ? [{ type: "conversation-changed" as const, conversation: toConversation(changed) }]
        : []),
    ],
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
