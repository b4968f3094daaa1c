import { coalesceChunks } from "#lib/protocol/coalesce";
import type { Chunk } from "#lib/protocol/event";
import type { Batch } from "./append-batch.ts";
import { FLUSH_BYTES, UNFLUSHED_MAX_BYTES } from "./limits.ts";
import type { Pen } from "./pen.ts";
import { encodeEvent } from "./stored-entry.ts";

/**
 * What one generation has said and not yet committed. It knows nothing of the database: the flusher asks it
 * what is due, takes a batch, and tells it what became of the batch.
 */
export type Unflushed = {
  readonly logId: string;
  add(chunks: Chunk[], nowMs: number): void;
  /** Asks the database at once whether the pen is still here, even with nothing to say. */
  touch(): void;
  /** Roughly, as text. */
  bytes(): number;
  isFull(): boolean;
  isEmpty(): boolean;
  /** When it wants to be written: now, an interval after the last time, or for its lease alone. */
  dueAtMs(flushIntervalMs: number): number;
  /** Until when a word that comes now would wait. */
  restsUntilMs(flushIntervalMs: number): number;
  /** The batch to write now. The same one again until it was acknowledged: what was sent is never changed. */
  batch(nowMs: number): Batch;
  /** The batch that was asked for then is in: the pen moves on. */
  acknowledge(nowMs: number): void;
};

/** They only open what follows them in a moment, and go with it. */
const OPENINGS = new Set<Chunk["type"]>(["start", "start-step", "text-start", "reasoning-start"]);

export function createUnflushed(
  pen: Pen,
  { renewEveryMs, nowMs }: { renewEveryMs: () => number; nowMs: number },
): Unflushed {
  let { position } = pen;
  let waiting: Chunk[] = [];
  let waitingBytes = 0;
  let waitingSinceMs = Number.NEGATIVE_INFINITY;
  let writtenAtMs = Number.NEGATIVE_INFINITY;
  let isUrgent = false;
  let hasSpoken = false;
  let renewedAtMs = nowMs;
  let sent: { batch: Batch; bytes: number } | undefined;

  const bytes = () => waitingBytes + (sent?.bytes ?? 0);

  return {
    logId: pen.logId,

    add(chunks, nowMs) {
      if (waiting.length === 0) waitingSinceMs = nowMs;
      for (const chunk of chunks) {
        const text = deltaOf(chunk);
        waiting.push(chunk);
        waitingBytes += text === undefined ? JSON.stringify(chunk).length : text.length;
        if (!OPENINGS.has(chunk.type) && (text === undefined || !hasSpoken)) isUrgent = true;
        if (text !== undefined) hasSpoken = true;
      }
    },

    touch() {
      isUrgent = true;
    },

    bytes,
    isFull: () => bytes() >= UNFLUSHED_MAX_BYTES,
    isEmpty: () => waiting.length === 0 && sent === undefined,

    dueAtMs(flushIntervalMs) {
      if (sent || isUrgent || waitingBytes >= FLUSH_BYTES) return 0;
      const renewAtMs = renewedAtMs + renewEveryMs();
      return waiting.length > 0 ? Math.min(writtenAtMs + flushIntervalMs, renewAtMs) : renewAtMs;
    },

    restsUntilMs(flushIntervalMs) {
      if (!hasSpoken) return Number.NEGATIVE_INFINITY;
      // Others wait already, maybe because the flusher is late. This one goes with those that come after them.
      const sinceMs = waiting.length > 0 ? Math.max(writtenAtMs, waitingSinceMs) : writtenAtMs;
      return sinceMs + flushIntervalMs;
    },

    batch(nowMs) {
      if (!sent) {
        const { ready, held } = splitAtPair(coalesceChunks(waiting));
        const text =
          ready.length > 0
            ? encodeEvent({ type: "chunk", generationId: pen.generationId, chunks: ready } as {
                type: string;
              })
            : null;
        sent = { batch: { ...pen, position, text }, bytes: waitingBytes };
        waiting = held;
        waitingBytes = held.length;
        isUrgent = false;
        if (text !== null) writtenAtMs = nowMs;
      }
      return sent.batch;
    },

    acknowledge(nowMs) {
      if (sent?.batch.text != null) position += 1;
      sent = undefined;
      renewedAtMs = nowMs;
    },
  };
}

/** The text of a chunk that may wait for more of its kind, or undefined for one that is told at once. */
function deltaOf(chunk: Chunk): string | undefined {
  if (chunk.type === "text-delta" || chunk.type === "reasoning-delta") return chunk.delta;
  if (chunk.type === "tool-input-delta") return chunk.inputTextDelta;
  return undefined;
}

/**
 * A delta may end between the two halves of a surrogate pair. Half a pair cannot be stored, so it waits
 * for the other half.
 */
function splitAtPair(chunks: Chunk[]): { ready: Chunk[]; held: Chunk[] } {
  const last = chunks.at(-1);
  const text = last && deltaOf(last);
  if (!last || !text || !/[\ud800-\udbff]$/.test(text)) return { ready: chunks, held: [] };
  const whole = text.slice(0, -1);
  const ready = whole === "" ? chunks.slice(0, -1) : [...chunks.slice(0, -1), withDelta(last, whole)];
  // Nothing came since the half was held back: its other half is not coming.
  if (ready.length === 0) return { ready: chunks, held: [] };
  return { ready, held: [withDelta(last, text.slice(-1))] };
}

function withDelta(chunk: Chunk, text: string): Chunk {
  if (chunk.type === "tool-input-delta") return { ...chunk, inputTextDelta: text };
  return { ...chunk, delta: text } as Chunk;
}
