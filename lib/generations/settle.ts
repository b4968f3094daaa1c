import { and, eq } from "drizzle-orm";
import { generations } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import { appendEvents } from "#lib/log/append";
import { freePen, lockLog } from "#lib/log/pen";
import type { Appended } from "#lib/log/stored-entry";
import { saveParts } from "#lib/messages/save-parts";
import type { DeviceKind, Generation, GenerationError, Message, Outcome, Usage } from "#lib/protocol/event";
import { closeParts } from "#lib/protocol/parts";
import { foldAnswer } from "./fold-answer.ts";
import { toGeneration } from "./generation-row.ts";
import { isOpen } from "./read-generations.ts";

export type Settled = { generation: Generation; message: Message; appended: Appended };

/**
 * Ends a generation. The only way one ends, whoever calls it: the worker that wrote it to its end, a person who
 * cancels it from anywhere, or a claimant that gives it up.
 *
 * One transaction: the log is locked, so nothing can be written meanwhile; the message becomes the fold of what
 * its log holds, never what a worker or a browser remembers; the pen is freed, which is how its worker learns.
 * With `attempt`, only that attempt may end it. Undefined if it had ended already, or is another attempt's.
 */
export async function settle(
  transaction: Transaction,
  end: {
    generation: Pick<Generation, "id" | "conversationId">;
    outcome: Outcome;
    attempt?: number;
    error?: GenerationError;
    usage?: Usage | undefined;
    /** Where somebody cancelled it. */
    stoppedFrom?: DeviceKind | undefined;
  },
): Promise<Settled | undefined> {
  const { id, conversationId: logId } = end.generation;
  const log = await lockLog(transaction, logId);
  if (!log) return undefined;
  if (end.attempt !== undefined && (log.generationId !== id || log.attempt !== end.attempt)) return undefined;

  const [row] = await transaction
    .update(generations)
    .set({
      status: end.outcome,
      error: end.error ?? null,
      usage: end.usage ?? null,
      stoppedFrom: end.stoppedFrom ?? null,
      endSequence: log.head + 1,
      endedAt: new Date(),
    })
    .where(and(eq(generations.id, id), isOpen))
    .returning();
  if (!row) return undefined;

  const [{ answer }] = await Promise.all([
    foldAnswer(transaction, { row, head: log.head }),
    freePen(transaction, { logId, generationId: id }),
  ]);
  const message: Message = { ...answer, parts: closeParts(answer.parts) };
  const generation = toGeneration(row);
  const [appended] = await Promise.all([
    appendEvents(transaction, {
      logId,
      generationId: id,
      events: [{ type: "generation-end", generation, message }],
    }),
    saveParts(transaction, message),
  ]);
  return { generation, message, appended };
}
