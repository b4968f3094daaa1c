import type { Sql } from "postgres";
import type { Database } from "#lib/database/client";
import { Failure } from "#lib/errors";
import type { Moments } from "#lib/moments";
import type { Chunk } from "#lib/protocol/event";
import type { Acknowledged, Batch } from "./append-batch.ts";
import { appendMeasured } from "./append-measured.ts";
import { firstThatFit } from "./first-that-fit.ts";
import {
  FLUSH_FOLLOWED_BUSY_MS,
  FLUSH_FOLLOWED_MS,
  FLUSH_MAX_BYTES,
  FLUSH_MAX_WRITERS,
  FLUSH_RETRY_MS,
  FLUSH_UNFOLLOWED_MS,
  RENEW_UNWITNESSED_MS,
} from "./limits.ts";
import { type Pen, readPens } from "./pen.ts";
import type { Appended } from "./stored-entry.ts";
import { createUnflushed, type Unflushed } from "./unflushed.ts";

/** How a generation speaks into its log. */
export type Writer = {
  /** Takes chunks in order. Resolves at once, or when there is room again; then the model is read on. */
  write(chunks: Chunk[]): Promise<void>;
  /** Resolves when all that was written is committed. Rejects with `lease-lost` if it never will be. */
  flush(): Promise<void>;
  /** How long what is said now, and is not urgent, rests until it is committed. */
  restMs(): number;
  /** Aborts when nothing more can be said: the pen was taken away (`lease-lost`), or it could not be written down. */
  readonly lost: AbortSignal;
  close(): void;
};

/** The one who writes for all generations of the process, and gathers what they say into one statement. */
export type Flusher = {
  open(pen: Pen): Writer;
  /** Somebody else wrote into these logs. Whoever writes there finds out at once whether they still may. */
  touch(logIds: string[]): void;
  /** Renews every lease now. While this worker has no witness, its leases alone say that it lives. */
  renewAll(): void;
  stop(): Promise<void>;
};

type Deps = {
  /** A connection of its own: what is being said never waits behind what is being read. */
  sql: Sql;
  database: Database;
  leaseTtlMs: number;
  isFollowed(logId: string): boolean;
  /** Whether this worker's witness stands. Without it, leases are renewed often enough to be seen moving. */
  isWitnessed(): boolean;
  /** Called after each commit with what is now in the logs, and with logs whose news is only in the table. */
  onCommitted(appended: Appended[], unseenLogIds: string[]): void;
  moments: Moments;
  now?: () => number;
};

const STATEMENT = { maxItems: FLUSH_MAX_WRITERS, maxBytes: FLUSH_MAX_BYTES };

type Open = { unflushed: Unflushed; lost: AbortController; waiters: Set<() => void> };

export function createFlusher(deps: Deps): Flusher {
  const now = deps.now ?? Date.now;
  /** Whoever was written last is last: where not all that is due goes into one statement, nobody is passed over. */
  const open = new Set<Open>();
  let timer: NodeJS.Timeout | undefined;
  let timerDueAtMs = Number.POSITIVE_INFINITY;
  let turn: Promise<void> | undefined;
  let isStopped = false;

  const followedMs = () => Math.min(Math.max(FLUSH_FOLLOWED_MS, open.size), FLUSH_FOLLOWED_BUSY_MS);
  const intervalMs = ({ unflushed }: Open) =>
    deps.isFollowed(unflushed.logId) ? followedMs() : FLUSH_UNFOLLOWED_MS;

  const dueAtMs = (writer: Open) => writer.unflushed.dueAtMs(intervalMs(writer));

  /** Sets the timer forward for writers that are due before it. */
  function schedule(writers: Iterable<Open>): void {
    if (turn || isStopped) return;
    let nextMs = Number.POSITIVE_INFINITY;
    for (const writer of writers) nextMs = Math.min(nextMs, dueAtMs(writer));
    if (nextMs >= timerDueAtMs) return;
    clearTimeout(timer);
    timerDueAtMs = nextMs;
    timer = setTimeout(takeTurn, Math.max(0, nextMs - now()));
  }

  function takeTurn(): void {
    timerDueAtMs = Number.POSITIVE_INFINITY;
    turn = flushDue().finally(() => {
      turn = undefined;
      schedule(open);
    });
  }

  /** Writes what is due; what piles up during a commit goes with the next one. */
  async function flushDue(): Promise<void> {
    for (;;) {
      const nowMs = now();
      const due = [...open].filter((writer) => dueAtMs(writer) <= nowMs);
      if (due.length === 0 || isStopped) return;
      await commit(firstThatFit(due, ({ unflushed }) => unflushed.bytes(), STATEMENT));
    }
  }

  async function commit(due: Open[]): Promise<void> {
    const askedAtMs = now();
    const writers = due.filter((writer) => isEncodable(writer, askedAtMs));
    if (writers.length === 0) return;
    for (const writer of writers) {
      open.delete(writer);
      open.add(writer);
    }
    const batches = writers.map((writer) => writer.unflushed.batch(askedAtMs));
    let acknowledged: Acknowledged[];
    try {
      acknowledged = await appendMeasured(deps, batches, now);
    } catch (error) {
      deps.moments.emit("log.append-failed", { error });
      await new Promise((resolve) => setTimeout(resolve, FLUSH_RETRY_MS));
      acknowledged = [];
    }
    const heads = new Map(acknowledged.map(({ generationId, head }) => [generationId, head]));
    const settled = writers.map((writer, index) => ({
      writer,
      batch: batches[index] as Batch,
      head: heads.get((batches[index] as Batch).generationId),
    }));

    const appended: Appended[] = [];
    for (const { writer, batch, head } of settled) {
      if (head === undefined) continue;
      writer.unflushed.acknowledge(askedAtMs);
      if (batch.text !== null)
        appended.push({ logId: batch.logId, entries: [{ first: head, sequence: head, text: batch.text }] });
    }
    const unanswered = settled.filter(({ head }) => head === undefined);
    const unseen = unanswered.length > 0 ? await judge(unanswered, askedAtMs) : [];
    deps.onCommitted(appended, unseen);
    for (const { writer } of settled) for (const look of writer.waiters) look();
  }

  /** What one model said may be impossible to write down (nested too deep). That must not stop the others. */
  function isEncodable(writer: Open, nowMs: number): boolean {
    try {
      writer.unflushed.batch(nowMs);
      return true;
    } catch (error) {
      drop(writer, error);
      return false;
    }
  }

  function drop(writer: Open, reason: unknown): void {
    open.delete(writer);
    writer.lost.abort(reason);
  }

  /**
   * No row came back: the pen was taken away, or an earlier try is in and only its acknowledgement was lost.
   * The pen tells. Where it cannot be read either, the same batches are sent again in the next turn.
   */
  async function judge(unanswered: { writer: Open; batch: Batch }[], askedAtMs: number): Promise<string[]> {
    const pens = await readPens(
      deps.database,
      unanswered.map(({ batch }) => batch.logId),
    ).catch((error) => {
      deps.moments.emit("log.append-failed", { error });
      return undefined;
    });
    if (!pens) return [];
    const byLog = new Map(pens.map((pen) => [pen.logId, pen]));
    const unseen: string[] = [];
    for (const { writer, batch } of unanswered) {
      const pen = byLog.get(batch.logId);
      const isMine = pen?.generationId === batch.generationId && pen.attempt === batch.attempt;
      if (isMine && batch.text !== null && pen.position === batch.position + 1) {
        writer.unflushed.acknowledge(askedAtMs);
        unseen.push(batch.logId);
      } else if (!isMine || pen.position !== batch.position) {
        deps.moments.emit("lease.lost", { generationId: batch.generationId, attempt: batch.attempt });
        drop(writer, new Failure("lease-lost", "Another worker writes this answer, or it has ended."));
      }
    }
    return unseen;
  }

  function touch(writers: Open[]): void {
    for (const { unflushed } of writers) unflushed.touch();
    schedule(writers);
  }

  /** Resolves once `isDone` holds; looks again after each commit that concerns the writer. */
  function until(writer: Open, isDone: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (writer.lost.signal.aborted) reject(writer.lost.signal.reason);
        else if (isDone()) resolve();
        else return;
        writer.waiters.delete(look);
        writer.lost.signal.removeEventListener("abort", look);
      };
      writer.waiters.add(look);
      writer.lost.signal.addEventListener("abort", look, { once: true });
      look();
    });
  }

  return {
    open(pen) {
      const renewEveryMs = () => (deps.isWitnessed() ? deps.leaseTtlMs / 3 : RENEW_UNWITNESSED_MS);
      const writer: Open = {
        unflushed: createUnflushed(pen, { renewEveryMs, nowMs: now() }),
        lost: new AbortController(),
        waiters: new Set(),
      };
      open.add(writer);
      schedule([writer]);
      return {
        async write(chunks) {
          writer.lost.signal.throwIfAborted();
          writer.unflushed.add(chunks, now());
          schedule([writer]);
          if (writer.unflushed.isFull()) await until(writer, () => !writer.unflushed.isFull());
        },
        flush: () => until(writer, () => writer.unflushed.isEmpty()),
        restMs: () => writer.unflushed.restsUntilMs(intervalMs(writer)) - now(),
        lost: writer.lost.signal,
        close: () => open.delete(writer),
      };
    },

    touch(logIds) {
      touch([...open].filter(({ unflushed }) => logIds.includes(unflushed.logId)));
    },

    renewAll: () => touch([...open]),

    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await turn;
    },
  };
}
