import type { Transaction } from "#lib/database/client";
import { readAll } from "#lib/log/read-all";
import { readMessage } from "#lib/messages/read-messages";
import type { Chunk, ConversationEvent, Message } from "#lib/protocol/event";
import { firstSteps } from "#lib/protocol/fold";
import { applyChunks } from "#lib/protocol/parts";
import type { GenerationRow } from "./generation-row.ts";

/**
 * What a generation's answer is, by its log: the truth that is kept when it ends, and that a later attempt goes on
 * from. `finishedSteps` counts the steps that were finished; what follows them is half-written. A generation that goes
 * on with a message, after somebody allowed what a tool had asked for, has the steps of those before it.
 */
export async function foldAnswer(
  transaction: Transaction,
  { row, head }: { row: GenerationRow; head: number },
): Promise<{ answer: Message; finishedSteps: number }> {
  const [stored, entries] = await Promise.all([
    readMessage(transaction, row.messageId),
    readAll(transaction, { logId: row.conversationId, after: row.sequence, head }),
  ]);
  if (!stored) throw new Error(`generation ${row.id} has no message`);
  let answer: Message = stored;
  let finishedSteps = stored.parts.filter(({ type }) => type === "step-start").length;
  // Gathered, because applying costs the length of an unfinished tool input each time.
  let chunks: Chunk[] = [];
  for (const { text } of entries) {
    const event: ConversationEvent = JSON.parse(text);
    if (event.type === "chunk" && event.generationId === row.id) {
      for (const chunk of event.chunks) chunks.push(chunk);
      finishedSteps += event.chunks.filter((chunk) => chunk.type === "finish-step").length;
    }
    if (event.type === "attempt-start" && event.generationId === row.id) {
      const before = applyChunks(answer, chunks);
      answer = { ...before, parts: firstSteps(before.parts, event.keepSteps) };
      chunks = [];
      // One that is kept and not finished is gone on with.
      finishedSteps = Math.min(finishedSteps, event.keepSteps);
    }
  }
  answer = applyChunks(answer, chunks);
  return { answer, finishedSteps };
}
