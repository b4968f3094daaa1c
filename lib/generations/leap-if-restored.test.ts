import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { cancelGeneration } from "#lib/conversations/cancel-generation";
import { loadSnapshot } from "#lib/conversations/load-snapshot";
import { ask, isIdle, snapshotWhen, startTestServer, textOf } from "#lib/conversations/test-server";
import { testDatabase } from "#lib/database/test-database";
import { appendEvents } from "#lib/log/append";
import type { Place } from "#lib/log/follow";
import { leap } from "#lib/log/leap";
import { addLog } from "#lib/log/pen";
import { openTestLog } from "#lib/log/test-log";
import type { Server } from "#lib/server";
import { leapIfRestored } from "./leap-if-restored.ts";

const original = await testDatabase();
const admin = await testDatabase();
const restored = `restored_${randomUUID().replaceAll("-", "")}`;
const restoredUrl = Object.assign(new URL(original.url), { pathname: `/${restored}` }).href;
afterAll(() => admin.sql`drop database ${admin.sql(restored)} with (force)`);

/** What a reader comes to, who has this number: the end of the log, or that it must load a snapshot. */
async function comesTo(log: Server["log"], place: Place): Promise<string | undefined> {
  for await (const { kind } of log.follow({ places: [place], signal: AbortSignal.timeout(20_000) }))
    if (kind !== "entries") return kind;
  return undefined;
}

test("a restored log leaps past every number that was told, and what was being answered is answered", async () => {
  expect(await leapIfRestored(original.url)).toBe(false);
  expect(await leapIfRestored(original.url)).toBe(false);
  const before = startTestServer(original.url);
  const [done, asked] = [await ask(before, "count to 3, 1 ms apart"), await ask(before, "stall after 5")];
  await snapshotWhen(before, done, isIdle);
  const is = (text: string) => (snapshot: Parameters<typeof textOf>[0]) =>
    textOf(snapshot, asked.sent.answerId).startsWith(text);
  const { sequence: told } = await snapshotWhen(before, asked, is("1 2 3 4 5"));
  await before.stop();
  await original.end();
  const name = new URL(original.url).pathname.slice(1);
  await admin.sql`create database ${admin.sql(restored)} template ${admin.sql(name)}`;

  const leapt = await Promise.all([leapIfRestored(restoredUrl), leapIfRestored(restoredUrl)]);
  expect(leapt.toSorted()).toEqual([false, true]);
  expect(await leapIfRestored(restoredUrl)).toBe(false);
  const after = startTestServer(restoredUrl);
  const again = await snapshotWhen(after, asked, ({ generations }) => generations[0]?.attempt === 2);
  expect(again.sequence).toBeGreaterThan(told + 100);
  // Numbers that the backup holds, and numbers that only the browsers do.
  for (const number of [1, told, told + 100])
    expect(await comesTo(after.log, { logId: asked.conversationId, after: number })).toBe("reset");
  await cancelGeneration(after, { ...asked, generationId: asked.sent.generationId });
  const kept = await loadSnapshot(after.database, done);
  expect(textOf(kept, done.sent.answerId)).toBe("1 2 3");
  expect(await comesTo(after.log, { logId: done.conversationId, after: kept.sequence })).toBe("caught-up");
  await after.stop();
});

test("a reader who is there when the numbers leap is told to begin anew, and then goes on", async () => {
  const log = openTestLog(admin.url);
  const logId = randomUUID();
  const append = () =>
    admin.db.transaction((transaction) =>
      appendEvents(transaction, { logId, events: [{ type: "conversation-deleted" }] }),
    );
  await admin.db.transaction((transaction) => addLog(transaction, logId));
  // What is newest is known from memory.
  log.committed([await append()]);
  const items = log.follow({ places: [{ logId, after: 0 }], signal: AbortSignal.timeout(20_000) });
  const next = async () => (await items.next()).value;
  expect(await next()).toMatchObject({ kind: "entries" });
  expect(await next()).toMatchObject({ kind: "caught-up", sequence: 1 });
  log.committed([await append()]);
  expect(await next()).toMatchObject({ kind: "entries", entries: [{ first: 2 }] });
  await admin.db.transaction((transaction) => leap(transaction, { from: [] }));
  const { entries } = await append();
  expect(await next()).toMatchObject({ kind: "reset", sequence: entries[0]?.sequence });
  const last = await append();
  expect(await next()).toMatchObject({ kind: "entries", entries: [{ first: last.entries[0]?.sequence }] });
  await log.stop();
});
