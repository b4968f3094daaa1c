import { and, asc, eq, sql } from "drizzle-orm";
import { generations } from "#drizzle/schema";
import type { Database, Transaction } from "#lib/database/client";
import { appendEvents } from "#lib/log/append";
import { expiredPens, lockLog, type Pen, takePen } from "#lib/log/pen";
import type { Appended } from "#lib/log/stored-entry";
import type { ConversationEvent, Message } from "#lib/protocol/event";
import { firstSteps } from "#lib/protocol/fold";
import { type OpenText, openTextOf } from "#lib/protocol/open-text";
import { applyChunks } from "#lib/protocol/parts";
import { foldAnswer } from "./fold-answer.ts";
import { type GenerationRow, toGeneration } from "./generation-row.ts";
import { endOfApproved, endOfInterrupted } from "./interrupted-step.ts";
import { ATTEMPTS_MAX, CLAIM_MAX_CANDIDATES } from "./limits.ts";
import { isOpen, isQueued, readRunning } from "./read-generations.ts";
import { settle } from "./settle.ts";

/**
 * The right to write a generation, and what its answer holds so far (a later attempt keeps finished steps).
 * `goesOn`: the text at its end is half-written, and is to be gone on with.
 */
export type Claim = { pen: Pen; generation: GenerationRow; answer: Message; goesOn?: OpenText | undefined };
export type Claimed = { claims: Claim[]; appended: Appended[] };

type Deps = {
  database: Database;
  workerId: string;
  leaseTtlMs: number;
  /** Whether a tool does more than tell something, so that a call of it must never run twice. */
  hasSideEffects(toolName: string): boolean;
  /** Whether a half-written text is gone on with, and not written anew, because nobody here has the time to write it whole. */
  goesOn?: boolean;
  /** Tells the account's log that a conversation changed; in the same transaction. */
  conversationChanged(transaction: Transaction, conversationId: string): Promise<Appended[]>;
};

/**
 * Takes what may be written: the first in each conversation's queue, and what a worker left behind when its lease
 * ran out. Both are one question, "whose pen may be taken?", and the database decides between those who ask.
 * Orphans are looked for if `dead` is given: logs whose worker is known to be dead, with the lease that each had when
 * that was seen. It may be empty, since leases run out too.
 */
export async function claim(
  deps: Deps,
  { room, dead }: { room: number; dead?: ReadonlyMap<string, string> | undefined },
): Promise<Claimed> {
  const limit = Math.min(room, CLAIM_MAX_CANDIDATES);
  // Hints, read without locks: `take` asks again, under the lock.
  const queued = await firstInQueues(deps.database, limit);
  const orphans = dead ? await findOrphans(deps.database, dead) : [];
  const found = [...orphans, ...queued].slice(0, limit);
  // Each in a transaction of its own, at the same time: when many ask at once, nobody waits for all before them.
  const taken = await Promise.all(
    found.map((candidate) =>
      deps.database.transaction((transaction) =>
        take(deps, transaction, candidate, dead?.get(candidate.conversationId)),
      ),
    ),
  );
  return {
    claims: taken.flatMap((one) => one?.claim ?? []),
    appended: taken.flatMap((one) => one?.appended ?? []),
  };
}

async function firstInQueues(database: Database, limit: number): Promise<GenerationRow[]> {
  const first = sql`not exists (
    select from generations earlier
    where earlier.conversation_id = ${generations.conversationId} and earlier.status in ('queued', 'running')
      and earlier.sequence < ${generations.sequence})`;
  return database
    .select()
    .from(generations)
    .where(and(isQueued, first))
    .orderBy(asc(generations.createdAt))
    .limit(limit);
}

async function findOrphans(database: Database, dead: ReadonlyMap<string, string>): Promise<GenerationRow[]> {
  const running = await readRunning(database);
  if (running.length === 0) return [];
  const expired = await expiredPens(
    database,
    running.map((row) => row.conversationId),
  );
  return running.filter(({ conversationId: id }) => expired.has(id) || dead.has(id));
}

async function take(
  deps: Deps,
  transaction: Transaction,
  candidate: GenerationRow,
  deadLease: string | undefined,
): Promise<{ claim?: Claim; appended: Appended[] } | undefined> {
  const { id, conversationId: logId } = candidate;
  // A generation changes only under the lock of its log, so what is read after it holds until the commit.
  const [log, [current]] = await Promise.all([
    lockLog(transaction, logId),
    transaction
      .select()
      .from(generations)
      .where(and(eq(generations.id, id), isOpen)),
  ]);
  if (!log || current?.attempt !== candidate.attempt) return undefined;
  const attempt = candidate.attempt + 1;
  const pen = await takePen(transaction, {
    logId,
    generationId: id,
    attempt,
    workerId: deps.workerId,
    leaseTtlMs: deps.leaseTtlMs,
    deadLease,
  });
  if (!pen) return undefined;

  if (attempt - current.handedOver > ATTEMPTS_MAX) {
    const settled = await settle(transaction, {
      generation: candidate,
      outcome: "failed",
      error: {
        code: "gave-up",
        detail: `The answer was interrupted ${ATTEMPTS_MAX} times. What there is of it is kept.`,
      },
    });
    const changed = await deps.conversationChanged(transaction, logId);
    return { appended: settled ? [settled.appended, ...changed] : changed };
  }

  const startedAt = current.startedAt ?? new Date();
  const row: GenerationRow = { ...current, status: "running", attempt, startedAt };
  const [{ answer, goesOn, events }] = await Promise.all([
    begin(deps, transaction, { row, head: log.head }),
    transaction
      .update(generations)
      .set({ status: "running", attempt, startedAt })
      .where(eq(generations.id, id)),
  ]);
  const appended = await appendEvents(transaction, { logId, generationId: id, events });
  return { claim: { pen, generation: row, answer, goesOn }, appended: [appended] };
}

/** What an attempt goes on from, and how the log tells that it begins. */
async function begin(
  { hasSideEffects, goesOn }: Pick<Deps, "hasSideEffects" | "goesOn">,
  transaction: Transaction,
  { row, head }: { row: GenerationRow; head: number },
): Promise<{ answer: Message; goesOn?: OpenText | undefined; events: ConversationEvent[] }> {
  // Of a first attempt nothing is in the log yet.
  const until = row.attempt === 1 ? row.sequence : head;
  const { answer, finishedSteps } = await foldAnswer(transaction, { row, head: until });
  if (row.attempt === 1) {
    return { answer, events: [{ type: "generation-start", generation: toGeneration(row) }] };
  }
  const { id: generationId, attempt } = row;
  const kept = firstSteps(answer.parts, finishedSteps);
  const openText = goesOn ? openTextOf(answer.parts.slice(kept.length)) : undefined;
  if (openText) {
    // The half-written step is kept too: nothing is dropped, and its next words name the same text.
    const keepSteps = finishedSteps + 1;
    return {
      answer,
      goesOn: openText,
      events: [{ type: "attempt-start", generationId, attempt, keepSteps }],
    };
  }
  const approved = endOfApproved(kept, hasSideEffects);
  const interrupted = endOfInterrupted(answer.parts.slice(kept.length), hasSideEffects);
  const chunks = [...approved, ...(interrupted ?? [])];
  const keepSteps = interrupted ? finishedSteps + 1 : finishedSteps;
  return {
    answer: applyChunks(interrupted ? answer : { ...answer, parts: kept }, chunks),
    events: [
      ...(chunks.length > 0 ? [{ type: "chunk" as const, generationId, chunks }] : []),
      { type: "attempt-start", generationId, attempt, keepSteps },
    ],
  };
}
