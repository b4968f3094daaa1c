import type { Sql } from "postgres";
import { UNLIMITED } from "#lib/accounts/limits";
import { announceConversation } from "#lib/conversations/announce";
import type { Deps } from "#lib/conversations/deps";
import { createDatabase } from "#lib/database/client";
import { createWorker } from "#lib/generations/worker";
import { createLog, type Log } from "#lib/log/log";
import { createMoments } from "#lib/moments";
import { newId } from "#lib/protocol/ids";
import type { Chance } from "./chance.ts";
import { scriptedReply } from "./scripted-reply.ts";

export const LEASE_TTL_MS = 300;
const DEADLOCK_DETECTED = "40P01";

export type SimulatedProcess = {
  id: string;
  log: Log;
  deps: Deps;
  /** It is gone: nothing of it writes, reads or answers any more. */
  kill(): Promise<void>;
  /** It sleeps, its lease runs out, and then it goes on as if nothing had been. */
  sleep(ms: number): void;
  isDead(): boolean;
  /** Resolves when it is killed. Whoever has a line to it then is cut off. */
  died: Promise<void>;
};

/** A process of the product: its own connections, LISTEN, flusher and worker, and a model by script. */
export function startSimulatedProcess({
  url,
  chance,
  pollMs,
  onError,
}: {
  url: string;
  chance: Chance;
  pollMs: number;
  onError(error: unknown): void;
}): SimulatedProcess {
  const workerId = `simulated:${newId()}`;
  const pool = createDatabase(url, { max: 3, name: "simulated" });
  const flush = createDatabase(url, { max: 1, name: "simulated flush" });
  const moments = createMoments();
  const gate = createGate();
  let isDead = false;
  const death = Promise.withResolvers<void>();
  moments.on("worker.failed", ({ error }) => {
    if (!isDead) onError(error);
  });
  moments.on("log.append-failed", ({ error }) => {
    // What an append may meet, and tries again: `append-batch.ts` says where.
    if (!isDead && !isDeadlock(error)) onError(error);
  });

  const log = createLog({
    database: pool.db,
    sql: pool.sql,
    flushSql: gate.guard(flush.sql),
    listenUrl: url,
    workerId,
    leaseTtlMs: LEASE_TTL_MS,
    onLeft: () => worker.lookForOrphans(),
    moments,
    pollMs,
  });
  const worker = createWorker({
    database: pool.db,
    flusher: log.flusher,
    committed: log.committed,
    left: log.leave,
    conversationChanged: announceConversation,
    reply: async (claim, { signal }) => scriptedReply(claim, signal, chance),
    explain: (error) => ({ code: "internal", detail: String(error) }),
    hasSideEffects: () => false,
    instanceId: workerId,
    workerId,
    leaseTtlMs: LEASE_TTL_MS,
    moments,
    sweepMs: LEASE_TTL_MS,
  });
  worker.start();
  const deps: Deps = {
    database: pool.db,
    log,
    limits: UNLIMITED,
    moments,
    wakeWorker: worker.wake,
    models: { mustHave: async () => {}, defaultId: async () => "simulated/model" },
  };

  return {
    id: workerId,
    log,
    deps,
    isDead: () => isDead,
    died: death.promise,
    sleep: gate.closeFor,
    async kill() {
      isDead = true;
      death.resolve();
      // The connections go first: from here on nothing that it still does reaches the database. Its worker is not
      // waited for, because what it was saying will never be said.
      await Promise.all([flush.end(), pool.end()]);
      void worker.stop();
      await log.stop();
    },
  };
}

const isDeadlock = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === DEADLOCK_DETECTED;

/** Holds statements back while it is closed: a process that sleeps sends nothing, and sends it when it wakes. */
function createGate() {
  let opened: Promise<void> = Promise.resolve();
  return {
    closeFor(ms: number): void {
      opened = new Promise((resolve) => setTimeout(resolve, ms));
    },
    guard(sql: Sql): Sql {
      const guarded = (...question: Parameters<Sql>) => opened.then(() => sql(...question));
      return guarded as unknown as Sql;
    },
  };
}
