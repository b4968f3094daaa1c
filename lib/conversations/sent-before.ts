import { isDeepStrictEqual } from "node:util";
import type { Transaction } from "#lib/database/client";
import { Failure } from "#lib/errors";
import { readGenerationOf } from "#lib/generations/read-generations";
import { readFirstAnswer, readPlacedMessage } from "#lib/messages/read-messages";
import type { SendPromptBody, Sent } from "#lib/protocol/api";
import { storable } from "#lib/protocol/storable";

/** What was answered when this very prompt was sent before; undefined if it never was. */
export async function sentBefore(
  transaction: Transaction,
  { conversationId, prompt }: { conversationId: string; prompt: SendPromptBody },
): Promise<Sent | undefined> {
  const placed = await readPlacedMessage(transaction, prompt.id);
  if (!placed) return undefined;
  const { message, sequence } = placed;
  const isSame =
    message.conversationId === conversationId &&
    message.role === "user" &&
    isDeepStrictEqual(message.parts, storable(prompt.parts)) &&
    (prompt.parentId === undefined || prompt.parentId === message.parentId);
  if (!isSame) {
    throw new Failure(
      "id-taken",
      "This message id was sent before with other content. Send it with a new id.",
    );
  }
  const answer = await readFirstAnswer(transaction, message.id);
  const generation = answer && (await readGenerationOf(transaction, answer.id));
  if (!answer || !generation) throw new Error(`prompt ${message.id} has no answer`);
  return { messageId: message.id, answerId: answer.id, generationId: generation.id, sequence };
}
