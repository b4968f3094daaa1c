import type { Database } from "#lib/database/client";
import { WITNESS_LOOK_MS } from "#lib/log/limits";
import { findUnwitnessed } from "#lib/log/witness";
import type { Moments } from "#lib/moments";
import { readRunning } from "./read-generations.ts";

/**
 * Looks for dead workers. One is dead when its witness was gone at two looks in a row and its lease did not move
 * in between: a worker that only lost its connection has it back by then, or renews its leases all the more.
 * `onDead` is told the logs that dead workers left, with the lease that each had.
 */
export function watchWitnesses({
  database,
  workerId,
  moments,
  onDead,
}: {
  database: Database;
  workerId: string;
  moments: Moments;
  onDead(dead: ReadonlyMap<string, string>): void;
}) {
  const leaving = new AbortController();
  let seen: ReadonlyMap<string, string> = new Map();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const running = await readRunning(database);
    const logIds = running.map(({ conversationId }) => conversationId);
    const unwitnessed = await findUnwitnessed(database, { logIds, workerId });
    const dead = unwitnessed.filter(({ logId, lease }) => seen.get(logId) === lease);
    seen = new Map(unwitnessed.map(({ logId, lease }) => [logId, lease]));
    if (dead.length > 0) onDead(new Map(dead.map(({ logId, lease }) => [logId, lease])));
  }

  function lookLater(): void {
    if (leaving.signal.aborted) return;
    timer = setTimeout(() => {
      looking = look()
        .catch((error) => moments.emit("worker.failed", { error }))
        .finally(lookLater);
    }, WITNESS_LOOK_MS);
    timer.unref();
  }

  return {
    start: lookLater,
    async stop() {
      leaving.abort();
      clearTimeout(timer);
      await looking;
    },
  };
}
