import { expect, test } from "vitest";
import { listen } from "#lib/database/listen";
import { testDatabase } from "#lib/database/test-database";
import { createMoments } from "#lib/moments";
import { newId } from "#lib/protocol/ids";
import { CHANNEL, createAnnouncer, parseAnnouncement } from "./announce.ts";
import { ANNOUNCE_MAX_LOGS } from "./limits.ts";
import { beginAnswer, counting, openTestLog } from "./test-log.ts";

const database = await testDatabase();

test("what grew and what is followed is heard by who listens: who said it, and every log, however many", async () => {
  const heard: string[] = [];
  const followed: string[] = [];
  const logIds = Array.from({ length: ANNOUNCE_MAX_LOGS * 2 + 50 }, () => newId());
  const followedLogIds = Array.from({ length: ANNOUNCE_MAX_LOGS + 50 }, () => newId());
  const all = Promise.withResolvers<void>();
  const listening = Promise.withResolvers<void>();
  const listener = listen({
    url: database.url,
    channel: CHANNEL,
    hold: { text: "select $1", values: ["nothing"] },
    onNotify(payload) {
      const announcement = parseAnnouncement(payload);
      expect(announcement.workerId).toBe("an-instance:3000:a-life");
      heard.push(...announcement.grown);
      followed.push(...announcement.followed);
      if (heard.length >= logIds.length && followed.length >= followedLogIds.length) all.resolve();
    },
    onListening: () => listening.resolve(),
    onDown: listening.reject,
  });
  await listening.promise;
  const announcer = createAnnouncer({
    sql: database.sql,
    workerId: "an-instance:3000:a-life",
    moments: createMoments(),
  });
  announcer.announce({ grown: logIds, followed: followedLogIds, left: [] });
  announcer.announce({ grown: logIds.slice(0, 3), followed: followedLogIds.slice(0, 3) });
  await all.promise;
  await announcer.idle();
  expect(new Set(heard)).toEqual(new Set(logIds));
  expect(new Set(followed)).toEqual(new Set(followedLogIds));
  await listener.stop();
});

test("a process that reads what another one writes says that it follows it", async () => {
  const said = Promise.withResolvers<{ workerId: string; followed: string[] }>();
  const listening = Promise.withResolvers<void>();
  const listener = listen({
    url: database.url,
    channel: CHANNEL,
    hold: { text: "select $1", values: ["nothing"] },
    onNotify(payload) {
      const announcement = parseAnnouncement(payload);
      if (announcement.followed.length > 0) said.resolve(announcement);
    },
    onListening: () => listening.resolve(),
    onDown: listening.reject,
  });
  const reading = openTestLog(database.url, { workerId: "the-reader" });
  const writing = openTestLog(database.url);
  await listening.promise;
  const { pen } = await beginAnswer(database);
  const leave = new AbortController();
  const items = reading.follow({ places: [{ logId: pen.logId, after: 0 }], signal: leave.signal });
  await items.next();
  await items.next();
  const more = items.next();
  const writer = writing.flusher.open(pen);
  await writer.write(counting(3));
  await more;
  expect(await said.promise).toMatchObject({ workerId: "the-reader", followed: [pen.logId] });
  leave.abort();
  await items.next();
  writer.close();
  await Promise.all([reading.stop(), writing.stop(), listener.stop()]);
});
