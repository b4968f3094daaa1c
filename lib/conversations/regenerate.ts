import { holdAccount } from "#lib/accounts/prompt-counts";
import { Failure } from "#lib/errors";
import { readGenerationOf } from "#lib/generations/read-generations";
import { appendEvents } from "#lib/log/append";
import { lockLog } from "#lib/log/pen";
import { readMessage, readPlacedMessage } from "#lib/messages/read-messages";
import type { RegenerateBody, Sent } from "#lib/protocol/api";
import { announceConversation } from "./announce.ts";
import type { Deps } from "./deps.ts";
import { mayPrompt } from "./may-prompt.ts";
import { findOwned, notFound, owned } from "./owner.ts";
import { promiseAnswer } from "./promise-answer.ts";

/** Asks for another answer beside the old one. The new answer's id is the caller's, so asking twice is asking once. */
export async function regenerate(
  deps: Deps,
  { accountId, messageId, body }: { accountId: string; messageId: string; body: RegenerateBody },
): Promise<{ sent: Sent; isNew: boolean }> {
  if (body.model) await deps.models.mustHave(body.model);
  const old = await readMessage(deps.database, messageId);
  if (!old) throw notFound("message");
  const { conversationId, parentId } = old;
  const conversation = await owned(deps.database, { accountId, conversationId }).catch(() => {
    throw notFound("message");
  });
  if (old.role !== "assistant" || parentId === null) {
    throw new Failure("invalid-request", "Only an answer can be made again. Name an answer.");
  }
  const model = body.model ?? old.model ?? conversation.model ?? (await deps.models.defaultId());

  const { sent, isNew, appended } = await deps.database.transaction(async (transaction) => {
    const [allowance, log] = await Promise.all([
      holdAccount(transaction, { accountId, limits: deps.limits }),
      lockLog(transaction, conversationId),
    ]);
    // Once more, and under the lock: it may have been deleted meanwhile.
    const kept = await findOwned(transaction, { accountId, conversationId });
    if (!kept) throw notFound("message");
    if (!allowance || !log) throw notFound("message");
    const before = await readPlacedMessage(transaction, body.id);
    if (before) {
      const generation = await readGenerationOf(transaction, body.id);
      if (before.message.parentId !== parentId || !generation) {
        throw new Failure("id-taken", "This id already names another message. Ask again with a new id.");
      }
      const sent = {
        messageId: parentId,
        answerId: body.id,
        generationId: generation.id,
        sequence: before.sequence,
      };
      return { sent, isNew: false, appended: [] };
    }
    const sequence = log.head + 1;
    const [, { answer, generation }] = await Promise.all([
      mayPrompt(transaction, { accountId, allowance, limits: deps.limits }),
      promiseAnswer(transaction, { id: body.id, conversationId, parentId, model, sequence }),
    ]);
    const told = await appendEvents(transaction, {
      logId: conversationId,
      events: [
        { type: "message-added", message: answer },
        { type: "generation-queued", generation },
      ],
    });
    const announced = await announceConversation(transaction, conversationId);
    const sent = {
      messageId: parentId,
      answerId: answer.id,
      generationId: generation.id,
      sequence,
    };
    return { sent, isNew: true, appended: [told, ...announced] };
  });
  deps.log.committed(appended);
  if (isNew) deps.wakeWorker();
  return { sent, isNew };
}
