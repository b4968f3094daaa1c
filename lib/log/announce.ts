import type { Sql } from "postgres";
import type { Moments } from "#lib/moments";
import { ANNOUNCE_MAX_LOGS } from "./limits.ts";

/**
 * The one channel. Its payload says who speaks, which logs grew, and which are followed there:
 * `<worker id> <log id>,<log id>… <log id>,<log id>…`.
 */
export const CHANNEL = "rejoin";

/**
 * Tells the other processes which logs grew and which are followed here. One NOTIFY at a time, in a transaction that writes nothing:
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
  const followed = new Set<string>();
  let sending: Promise<void> | undefined;

  async function send(): Promise<void> {
    while (grown.size + followed.size > 0) {
      const payload = [workerId, take(grown), take(followed)].join(" ");
      await sql`select pg_notify(${CHANNEL}, ${payload})`.catch((error) =>
        moments.emit("log.append-failed", { error }),
      );
    }
  }

  return {
    announce(logIds: string[], followedLogIds: string[] = []): void {
      for (const logId of logIds) grown.add(logId);
      for (const logId of followedLogIds) followed.add(logId);
      sending ??= send().finally(() => {
        sending = undefined;
      });
    },
    /** Resolves when nothing is on its way any more. */
    idle: async () => sending,
  };
}

function take(logIds: Set<string>): string {
  const taken = [...logIds].slice(0, ANNOUNCE_MAX_LOGS);
  for (const logId of taken) logIds.delete(logId);
  return taken.join(",");
}

export function parseAnnouncement(payload: string): {
  workerId: string;
  logIds: string[];
  followedLogIds: string[];
} {
  const [workerId = "", logIds = "", followedLogIds = ""] = payload.split(" ");
  const list = (text: string) => text.split(",").filter(Boolean);
  return { workerId, logIds: list(logIds), followedLogIds: list(followedLogIds) };
}
