import type { Database } from "#lib/database/client";
import { WITNESS_LOOK_MS } from "#lib/log/limits";
import { findUnwitnessed } from "#lib/log/witness";
import type { Moments } from "#lib/moments";
import { type Repeated, repeat } from "#lib/repeat";
import { readRunning } from "./read-generations.ts";

/**
 * Looks for dead workers. One is dead when its witness was gone at two looks in a row and its lease did not move
 * in between: a worker that only lost its connection has it back by then, or renews its leases all the more.
 * `onDead` is told the logs that dead workers left, with the lease that each had.
 */
export function watchWitnesses({
  database,
  workerId,
  mayBegin,
  moments,
  onDead,
}: {
  database: Database;
  workerId: string;
  /** Where nothing may be begun, nobody looks. */
  mayBegin(): boolean;
  moments: Moments;
  onDead(dead: ReadonlyMap<string, string>): void;
}): Repeated {
  let seen: ReadonlyMap<string, string> = new Map();

  async function look(): Promise<void> {
    const running = await readRunning(database);
    const logIds = running.map(({ conversationId }) => conversationId);
    const unwitnessed = await findUnwitnessed(database, { logIds, workerId });
    const dead = unwitnessed.filter(({ logId, lease }) => seen.get(logId) === lease);
    seen = new Map(unwitnessed.map(({ logId, lease }) => [logId, lease]));
    if (dead.length > 0) onDead(new Map(dead.map(({ logId, lease }) => [logId, lease])));
  }

  return repeat({
    work: () => (mayBegin() ? look() : undefined),
    everyMs: () => WITNESS_LOOK_MS,
    onError: (error) => moments.emit("worker.failed", { error }),
  });
}
