import type { Sql } from "postgres";
import type { Moments } from "#lib/moments";
import { ANNOUNCE_MAX_LOGS } from "./limits.ts";

/** The one channel. Its payload says who speaks and which logs grew: `<worker id> <log id>,<log id>…`. */
export const CHANNEL = "rejoin";

/**
 * Tells the other processes which logs grew. One NOTIFY at a time, in a transaction that writes nothing:
 * inside a writing transaction it would take a lock over the whole database until the commit is flushed.
 * What grows meanwhile goes with the next one. A NOTIFY that fails is not repeated: the poll is the floor.
 */
export function createAnnouncer({
  sql,
  workerId,
  moments,
}: {
  sql: Sql;
  workerId: string;
  moments: Moments;
}) {
  const grown = new Set<string>();
  let sending: Promise<void> | undefined;

  async function send(): Promise<void> {
    while (grown.size > 0) {
      const logIds = [...grown].slice(0, ANNOUNCE_MAX_LOGS);
      for (const logId of logIds) grown.delete(logId);
      await sql`select pg_notify(${CHANNEL}, ${`${workerId} ${logIds.join(",")}`})`.catch((error) =>
        moments.emit("log.append-failed", { error }),
      );
    }
  }

  return {
    announce(logIds: string[]): void {
      for (const logId of logIds) grown.add(logId);
      sending ??= send().finally(() => {
        sending = undefined;
      });
    },
    /** Resolves when nothing is on its way any more. */
    idle: async () => sending,
  };
}

export function parseAnnouncement(payload: string): { workerId: string; logIds: string[] } {
  const [workerId = "", logIds = ""] = payload.split(" ");
  return { workerId, logIds: logIds.split(",").filter(Boolean) };
}
