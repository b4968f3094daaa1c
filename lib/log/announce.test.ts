import { expect, test } from "vitest";
import { listen } from "#lib/database/listen";
import { testDatabase } from "#lib/database/test-database";
import { createMoments } from "#lib/moments";
import { newId } from "#lib/protocol/ids";
import { CHANNEL, createAnnouncer, parseAnnouncement } from "./announce.ts";
import { ANNOUNCE_MAX_LOGS } from "./limits.ts";

const database = await testDatabase();

test("what grew is heard by who listens: who said it, and every log once, however many", async () => {
  const heard: string[] = [];
  const logIds = Array.from({ length: ANNOUNCE_MAX_LOGS * 2 + 50 }, () => newId());
  const all = Promise.withResolvers<void>();
  const listening = Promise.withResolvers<void>();
  const listener = listen({
    url: database.url,
    channel: CHANNEL,
    hold: { text: "select $1", values: ["nothing"] },
    onNotify(payload) {
      const announcement = parseAnnouncement(payload);
      expect(announcement.workerId).toBe("an-instance:3000:a-life");
      heard.push(...announcement.logIds);
      if (heard.length >= logIds.length) all.resolve();
    },
    onListening: listening.resolve,
    onDown: listening.reject,
  });
  await listening.promise;
  const announcer = createAnnouncer({
    sql: database.sql,
    workerId: "an-instance:3000:a-life",
    moments: createMoments(),
  });
  announcer.announce(logIds);
  announcer.announce(logIds.slice(0, 3));
  await all.promise;
  await announcer.idle();
  expect(new Set(heard)).toEqual(new Set(logIds));
  await listener.stop();
});
