import { createDatabase, type DatabaseHandle } from "#lib/database/client";
import { appendEvents } from "#lib/log/append";
import type { Writer } from "#lib/log/flusher";
import { addLog, type Pen, takePen } from "#lib/log/pen";
import { openTestLog, type TestLog } from "#lib/log/test-log";
import { newId } from "#lib/protocol/ids";
import { type Answer, chunkOf, type Rival } from "../store.ts";

/** Longer than a run: nobody else wants these pens. */
const LEASE_TTL_MS = 600_000;

/** Ours: pens, one flusher, one statement for all generations. `isFollowed`: somebody reads each answer along. */
export function rejoin({ url, isFollowed = false }: { url: string; isFollowed?: boolean }): Rival {
  return {
    name: "Rejoin",
    durability: "committed to Postgres",
    isInPostgres: true,
    async open() {
      const handle = createDatabase(url, { max: 1, name: "bench" });
      await handle.sql`truncate logs, entries`;
      // As long as the product's: an instance and a life of it.
      const workerId = `${newId()}:${newId()}`;
      const log = await openListening(url, workerId);
      const leaving = new AbortController();
      const followers: Promise<void>[] = [];
      return {
        async begin(count) {
          const pens = await takePens(handle, { workerId, count });
          if (isFollowed) for (const { logId } of pens) followers.push(follow(log, logId, leaving.signal));
          return pens.map((pen) => answer(log, pen));
        },
        async keptLength() {
          const [row] = await handle.sql<{ length: number }[]>`
            select coalesce(sum(length(chunk ->> 'delta')), 0)::int as length
            from entries, json_array_elements(case when event ->> 'type' = 'chunk' then event -> 'chunks' else '[]' end) as chunk`;
          return row?.length ?? 0;
        },
        async sizeBytes() {
          const [row] = await handle.sql<{ bytes: number }[]>`
            select (pg_total_relation_size('entries') + pg_total_relation_size('logs'))::int8 as bytes`;
          return Number(row?.bytes);
        },
        async stop() {
          leaving.abort();
          await Promise.all(followers);
          await log.stop();
          await handle.end();
        },
      };
    },
  };
}

/** Without LISTEN it would renew its leases all the time, so that others see that it lives. */
async function openListening(url: string, workerId: string): Promise<TestLog> {
  const log = openTestLog(url, { workerId });
  if (!log.isListening()) await new Promise<void>((resolve) => log.moments.on("listen.up", () => resolve()));
  return log;
}

/** As a worker's claims leave them: a log, its pen in our hand, and the entry that says that the answer begins. */
async function takePens(
  { db }: DatabaseHandle,
  { workerId, count }: { workerId: string; count: number },
): Promise<Pen[]> {
  return db.transaction(async (transaction) => {
    const pens: Pen[] = [];
    for (let index = 0; index < count; index += 1) {
      const [logId, generationId, messageId] = [newId(), newId(), newId()];
      await addLog(transaction, logId);
      const pen = await takePen(transaction, {
        logId,
        generationId,
        attempt: 1,
        workerId,
        leaseTtlMs: LEASE_TTL_MS,
      });
      if (!pen) throw new Error("a new log's pen could not be taken");
      const createdAt = new Date().toISOString();
      const generation = {
        id: generationId,
        conversationId: logId,
        messageId,
        model: "bench/bench",
        createdAt,
      };
      await appendEvents(transaction, {
        logId,
        generationId,
        events: [{ type: "generation-start", generation: { ...generation, status: "running", attempt: 1 } }],
      });
      pens.push(pen);
    }
    return pens;
  });
}

function answer(log: TestLog, pen: Pen): Answer {
  let writer: Writer | undefined;
  const opened = (): Writer => {
    if (writer) return writer;
    writer = log.flusher.open(pen);
    void writer.write([{ type: "text-start", id: "0" }]);
    return writer;
  };
  return {
    write: (token) => opened().write([chunkOf(token)]),
    async end() {
      const own = opened();
      await own.write([{ type: "text-end", id: "0" }]);
      await own.flush();
      own.close();
    },
  };
}

async function follow(log: TestLog, logId: string, signal: AbortSignal): Promise<void> {
  for await (const _ of log.follow({ places: [{ logId, after: 0 }], signal }));
}
