import type { Database, Transaction } from "#lib/database/client";
import { hasCode } from "#lib/errors";
import type { Flusher, Writer } from "#lib/log/flusher";
import type { Appended } from "#lib/log/stored-entry";
import type { Moments } from "#lib/moments";
import type { Chunk, Generation, GenerationError, Message, Usage } from "#lib/protocol/event";
import { asTool } from "#lib/protocol/tool-parts";
import { traced } from "#lib/traced";
import type { Claim } from "./claim.ts";
import { createCommittedCalls } from "./committed-calls.ts";
import { tookMs } from "./generation-row.ts";
import { giveBack } from "./give-back.ts";
import { hasKept } from "./has-kept.ts";
import { ATTEMPTS_MAX } from "./limits.ts";
import { settle } from "./settle.ts";

/** What a model says to a conversation. Ends when the model has ended; throws why it could not. */
export type Reply = { chunks: AsyncIterable<Chunk>; usage: Promise<Usage | undefined> };

/** What a reply is told by whoever writes it down. */
export type WriterSide = {
  /** The worker's own: no request's signal ever gets here. */
  signal: AbortSignal;
  /** A tool with side effects waits for this, with the id of its call, before it begins. */
  committed(toolCallId: string): Promise<void>;
  /** How long a word that comes now would wait to be written, so it may as well wait for others before. */
  restMs(): number;
};

export type RunDeps = {
  database: Database;
  flusher: Flusher;
  /** Asks the model. */
  reply(claim: Claim, side: WriterSide): Promise<Reply>;
  /** What a failure is called, for programs and for the person. */
  explain(error: unknown): GenerationError;
  conversationChanged(transaction: Transaction, conversationId: string): Promise<Appended[]>;
  /** Told of each generation that this worker has ended, once that is committed. Nothing waits for what comes of it. */
  ended?(generation: Generation): void;
  committed(appended: Appended[]): void;
  /** Tells the other processes of logs that wait for another writer. */
  left(logIds: string[]): void;
  moments: Moments;
};

/** Why a worker leaves what it writes, where it is not told to stop: the time that its process may work is up. */
export const OUT_OF_TIME = "out-of-time";

/**
 * One attempt at a generation: from the model to the log, and to its end. Never throws for what a model does.
 * When `leaving` aborts, what was said is kept and the rest is left to the next attempt, which may begin at once.
 */
export function run(deps: RunDeps, claim: Claim, leaving: AbortSignal): Promise<void> {
  const { id, attempt, model, conversationId } = claim.generation;
  const attributes = {
    "rejoin.generation": id,
    "rejoin.attempt": attempt,
    "rejoin.model": model,
    "rejoin.conversation": conversationId,
  };
  return traced("generation", attributes, () => attemptIt(deps, claim, leaving));
}

async function attemptIt(deps: RunDeps, claim: Claim, leaving: AbortSignal): Promise<void> {
  const writer = deps.flusher.open(claim.pen);
  try {
    const end = await write(deps, claim, writer, leaving);
    if (end.outcome === "left") await leave(deps, claim, leaving);
    else await conclude(deps, claim, end);
  } catch (error) {
    if (!hasCode(error, "lease-lost")) throw error;
    // Somebody else has the pen: they ended the generation or go on with it, and there is nothing left to do.
  } finally {
    writer.close();
  }
}

type End = { outcome: "completed"; usage: Usage | undefined } | { outcome: "failed"; cause: unknown };
type Left = { outcome: "left" };

/** Drains the model into the log. A failure of the model is an end; all that came before it is committed first. */
async function write(deps: RunDeps, claim: Claim, writer: Writer, leaving: AbortSignal): Promise<End | Left> {
  if (!claim.goesOn && isWhole(claim.answer)) return { outcome: "completed", usage: undefined };
  let end: End | Left;
  try {
    const calls = createCommittedCalls(writer.flush, claim.answer);
    const reply = await deps.reply(claim, {
      signal: AbortSignal.any([writer.lost, leaving]),
      committed: calls.committed,
      restMs: writer.restMs,
    });
    for await (const chunk of reply.chunks) {
      await writer.write([chunk]);
      calls.wrote(chunk);
    }
    end = { outcome: "completed", usage: await reply.usage };
  } catch (cause) {
    if (hasCode(writer.lost.reason, "lease-lost")) throw writer.lost.reason;
    end = leaving.aborted ? { outcome: "left" } : { outcome: "failed", cause };
  }
  if (!writer.lost.aborted) await writer.flush();
  return end;
}

/**
 * An earlier attempt finished its last step and died before it could say so: there is nothing to ask the model. So it
 * is too where a tool asks for leave and nobody has answered.
 */
function isWhole({ parts }: Message): boolean {
  const lastStep = parts.slice(parts.findLastIndex((part) => part.type === "step-start") + 1);
  const calls = lastStep.flatMap((part) => asTool(part) ?? []);
  if (calls.length === 0) return lastStep.length > 0;
  return calls.some(({ state }) => state === "approval-requested");
}

/** An attempt that used its time up and left nothing more to go on from has failed, however orderly it went. */
async function leave(deps: RunDeps, claim: Claim, leaving: AbortSignal): Promise<void> {
  const { generation, pen } = claim;
  const counts = leaving.reason === OUT_OF_TIME && !(await hasKept(deps.database, claim));
  const isLast = generation.attempt - generation.handedOver >= ATTEMPTS_MAX;
  if (counts && isLast) return conclude(deps, claim, { outcome: "failed", cause: OUT_OF_TIME });
  await giveBack(deps.database, { pen, counts });
  deps.left([pen.logId]);
}

function explain(deps: RunDeps, cause: unknown): GenerationError {
  if (cause !== OUT_OF_TIME) return deps.explain(cause);
  const detail = `${ATTEMPTS_MAX} times nothing was said within the time that this server may work at once. What there is of the answer is kept.`;
  return { code: OUT_OF_TIME, detail };
}

async function conclude(deps: RunDeps, claim: Claim, end: End): Promise<void> {
  const { generation, pen } = claim;
  const error = end.outcome === "failed" ? explain(deps, end.cause) : undefined;
  const committed = await deps.database.transaction(async (transaction) => {
    const settled = await settle(transaction, {
      generation,
      attempt: pen.attempt,
      outcome: end.outcome,
      ...(end.outcome === "completed" ? { usage: end.usage } : error && { error }),
    });
    // It was ended from outside in the very moment in which it ended by itself.
    if (!settled) return undefined;
    const changed = await deps.conversationChanged(transaction, generation.conversationId);
    return { generation: settled.generation, appended: [settled.appended, ...changed] };
  });
  if (!committed) return;
  deps.committed(committed.appended);
  deps.ended?.(committed.generation);
  deps.moments.emit("generation.ended", {
    generationId: generation.id,
    outcome: end.outcome,
    model: generation.model,
    tookMs: tookMs(generation, new Date()),
    ...(error && end.outcome === "failed" && { code: error.code, error: end.cause }),
  });
}
