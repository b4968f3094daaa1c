import type { Sql } from "postgres";
import type { Database } from "#lib/database/client";
import { listen } from "#lib/database/listen";
import type { Moments } from "#lib/moments";
import { CHANNEL, createAnnouncer, parseAnnouncement } from "./announce.ts";
import { createFlusher, type Flusher } from "./flusher.ts";
import { type FollowItem, follow, type Place } from "./follow.ts";
import { createFollowers } from "./followers.ts";
import { readAfter, readHeads } from "./read.ts";
import type { Appended } from "./stored-entry.ts";
import { createWakeups } from "./wakeups.ts";
import { holdWitness } from "./witness.ts";

/** The logs as one process holds them. */
export type Log = {
  flusher: Flusher;
  follow(options: { places: Place[]; signal: AbortSignal }): AsyncGenerator<FollowItem>;
  /** Delivers what a transaction of this process appended. To be called after its commit, never before. */
  committed(appended: Appended[]): void;
  /** This process will not write these any more, and they have not ended: somebody else may. */
  leave(logIds: string[]): void;
  isListening(): boolean;
  /** Hears nothing of others until `wake`, and does not say that it lives. */
  rest(): Promise<void>;
  wake(): void;
  stop(): Promise<void>;
};

export function createLog({
  database,
  flushSql,
  sql,
  listenUrl,
  workerId,
  leaseTtlMs,
  rests,
  onLeft,
  moments,
  pollMs,
}: {
  database: Database;
  /** The flusher's own connection. */
  flushSql: Sql;
  sql: Sql;
  listenUrl: string;
  workerId: string;
  leaseTtlMs: number;
  /** Whether it begins to listen only when it is woken. */
  rests?: boolean;
  /** Called when another process has left something to whoever comes next. */
  onLeft(): void;
  moments: Moments;
  /** The floor beneath wake-ups, if not the usual one. */
  pollMs?: number;
}): Log {
  const listener = listen({
    url: listenUrl,
    channel: CHANNEL,
    hold: holdWitness(workerId),
    rests,
    onNotify(payload) {
      const announcement = parseAnnouncement(payload);
      if (announcement.workerId === workerId) return;
      followers.heard(announcement.followed);
      wakeups.grew(announcement.grown);
      flusher.touch(announcement.grown);
      if (announcement.left.length > 0) onLeft();
    },
    onListening(facts) {
      moments.emit("listen.up", facts);
      wakeups.lookAgain();
    },
    onDown(error) {
      moments.emit("listen.down", { error });
      flusher.renewAll();
    },
  });

  const followers = createFollowers();
  const wakeups = createWakeups({
    database,
    isListening: listener.isListening,
    onNews(logIds) {
      const followed = followers.toTell(logIds);
      if (followed.length > 0) announcer.announce({ followed });
    },
    moments,
    pollMs,
  });
  const announcer = createAnnouncer({ sql, workerId, moments });

  function deliver(appended: Appended[]): void {
    if (appended.length === 0) return;
    wakeups.committed(appended);
    announcer.announce({ grown: appended.map(({ logId }) => logId) });
  }

  const flusher = createFlusher({
    sql: flushSql,
    database,
    leaseTtlMs,
    moments,
    isFollowed: (logId) => wakeups.isWatched(logId) || followers.areElsewhere(logId),
    isWitnessed: () => listener.isListening(),
    onCommitted(appended, unseenLogIds) {
      deliver(appended);
      wakeups.grew(unseenLogIds);
      announcer.announce({ grown: unseenLogIds });
    },
  });

  return {
    flusher,
    committed(appended) {
      deliver(appended);
      flusher.touch(appended.map(({ logId }) => logId));
    },
    follow: (options) =>
      follow(
        {
          wakeups,
          readAfter: (place) => readAfter(database, place),
          readHeads: (logIds) => readHeads(database, logIds),
          delivered: (lagMs) => moments.emit("log.delivered", { lagMs }),
        },
        options,
      ),
    leave: (left) => announcer.announce({ left }),
    isListening: listener.isListening,
    async rest() {
      await announcer.idle();
      await listener.rest();
    },
    wake: listener.wake,
    async stop() {
      await flusher.stop();
      await announcer.idle();
      await Promise.all([listener.stop(), wakeups.stop()]);
    },
  };
}
