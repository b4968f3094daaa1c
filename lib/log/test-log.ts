import { createDatabase, type DatabaseHandle } from "#lib/database/client";
import { createMoments, type Moments } from "#lib/moments";
import type { Chunk, ConversationEvent, Message } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { appendEvents } from "./append.ts";
import { createLog, type Log } from "./log.ts";
import { addLog, type Pen, takePen } from "./pen.ts";

export const LEASE_TTL_MS = 15_000;

export type TestLog = Log & { moments: Moments };

/** The logs as a process of its own would hold them: own connections, own LISTEN, own id. */
export function openTestLog(
  url: string,
  {
    flushUrl = url,
    listenUrl = url,
    workerId = newId(),
  }: { flushUrl?: string; listenUrl?: string; workerId?: string } = {},
): TestLog {
  const pool = createDatabase(url, { max: 4, name: "test log" });
  const flush = createDatabase(flushUrl, { max: 1, name: "test flush" });
  const moments = createMoments();
  const log = createLog({
    database: pool.db,
    sql: pool.sql,
    flushSql: flush.sql,
    listenUrl,
    workerId,
    leaseTtlMs: LEASE_TTL_MS,
    onLeft: () => {},
    moments,
  });
  return {
    ...log,
    moments,
    async stop() {
      await log.stop();
      await Promise.all([pool.end(), flush.end()]);
    },
  };
}

/** A log with one answer in it, begun and not written, and the pen to write it. */
export async function beginAnswer({ db }: DatabaseHandle): Promise<{ pen: Pen; message: Message }> {
  const [logId, generationId] = [newId(), newId()];
  const createdAt = new Date().toISOString();
  const message: Message = {
    id: newId(),
    conversationId: logId,
    parentId: null,
    role: "assistant",
    parts: [],
    createdAt,
  };
  const generation = {
    id: generationId,
    conversationId: logId,
    messageId: message.id,
    model: "demo/demo",
    attempt: 1,
    createdAt,
  };
  const events: ConversationEvent[] = [
    { type: "message-added", message },
    { type: "generation-start", generation: { ...generation, status: "running" } },
  ];
  const pen = await db.transaction(async (transaction) => {
    await addLog(transaction, logId);
    const taken = await takePen(transaction, {
      logId,
      generationId,
      attempt: 1,
      workerId: "test",
      leaseTtlMs: LEASE_TTL_MS,
    });
    await appendEvents(transaction, { logId, events });
    return taken;
  });
  if (!pen) throw new Error("a new log's pen could not be taken");
  return { pen, message };
}

export const textStart: Chunk = { type: "text-start", id: "0" };
export const textEnd: Chunk = { type: "text-end", id: "0" };
export const delta = (text: string): Chunk => ({ type: "text-delta", id: "0", delta: text });
/** The chunks of an answer that counts. */
export const counting = (count: number): Chunk[] => [
  textStart,
  ...Array.from({ length: count }, (_, index) => delta(`${index} `)),
  textEnd,
];
