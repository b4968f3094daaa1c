import type { Sql } from "postgres";
import type { Moments } from "#lib/moments";
import { ANNOUNCE_MAX_LOGS } from "./limits.ts";

/**
 * The one channel. Its payload says who speaks, which logs grew, which are followed there, and which were left for
 * others to write: `<worker id> <log id>,<log id>… <log id>,<log id>… <log id>,<log id>…`.
 */
export const CHANNEL = "rejoin";

/** Ids of logs, by what is said of them. */
export type Said = { grown: string[]; followed: string[]; left: string[] };

/**
 * Tells the other processes what they cannot see. One NOTIFY at a time, in a transaction that writes nothing:
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
  const said: Record<keyof Said, Set<string>> = { grown: new Set(), followed: new Set(), left: new Set() };
  let sending: Promise<void> | undefined;

  async function send(): Promise<void> {
    while (said.grown.size + said.followed.size + said.left.size > 0) {
      const payload = [workerId, take(said.grown), take(said.followed), take(said.left)].join(" ");
      await sql`select pg_notify(${CHANNEL}, ${payload})`.catch((error) =>
        moments.emit("log.append-failed", { error }),
      );
    }
  }

  return {
    announce(news: Partial<Said>): void {
      for (const kind of ["grown", "followed", "left"] as const) {
        for (const logId of news[kind] ?? []) said[kind].add(logId);
      }
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

export function parseAnnouncement(payload: string): Said & { workerId: string } {
  const [workerId = "", grown = "", followed = "", left = ""] = payload.split(" ");
  const list = (text: string) => text.split(",").filter(Boolean);
  return { workerId, grown: list(grown), followed: list(followed), left: list(left) };
}
