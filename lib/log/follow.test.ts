import { afterEach, expect, test } from "vitest";
import { testDatabase } from "#lib/database/test-database";
import type { FollowItem } from "./follow.ts";
import { RECENT_MAX_ENTRIES } from "./limits.ts";
import { beginAnswer, counting, delta, openTestLog, type TestLog, textStart } from "./test-log.ts";

const database = await testDatabase();
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

function open(...options: Parameters<typeof openTestLog>): TestLog {
  const log = openTestLog(...options);
  stops.push(log.stop);
  return log;
}

async function next(items: AsyncGenerator<FollowItem>): Promise<FollowItem> {
  const { value, done } = await items.next();
  if (done) throw new Error("the log ended");
  return value;
}

async function say(
  log: TestLog,
  pen: Parameters<TestLog["flusher"]["open"]>[0],
  times: number,
): Promise<void> {
  const writer = log.flusher.open(pen);
  for (let index = 0; index < times; index += 1) {
    await writer.write([{ type: "finish-step" }]);
    await writer.flush();
  }
  writer.close();
}

test("a reader at N gets what came after N, then is told that it has caught up, then what comes", async () => {
  const log = open(database.url);
  const { pen } = await beginAnswer(database);
  const leave = new AbortController();
  const items = log.follow({ places: [{ logId: pen.logId, after: 1 }], signal: leave.signal });
  expect(await next(items)).toMatchObject({ kind: "entries", entries: [{ first: 2, sequence: 2 }] });
  expect(await next(items)).toEqual({ kind: "caught-up", logId: pen.logId, sequence: 2 });
  const coming = next(items);
  await say(log, pen, 1);
  expect(await coming).toMatchObject({ kind: "entries", entries: [{ first: 3, sequence: 3 }] });
  leave.abort();
  expect(await items.next()).toEqual({ value: undefined, done: true });
});

test("a number above the head, and one below what is kept, get a reset and then what comes", async () => {
  const log = open(database.url);
  const { pen } = await beginAnswer(database);
  await say(log, pen, 3);
  await database.sql`delete from entries where log_id = ${pen.logId} and sequence <= 3`;
  const leave = new AbortController();
  const above = log.follow({ places: [{ logId: pen.logId, after: 99 }], signal: leave.signal });
  const below = log.follow({ places: [{ logId: pen.logId, after: 1 }], signal: leave.signal });
  const kept = log.follow({ places: [{ logId: pen.logId, after: 3 }], signal: leave.signal });
  expect(await next(above)).toEqual({ kind: "reset", logId: pen.logId, sequence: 5 });
  expect(await next(below)).toEqual({ kind: "reset", logId: pen.logId, sequence: 5 });
  expect(await next(kept)).toMatchObject({ kind: "entries", entries: [{ first: 4, sequence: 5 }] });
  const coming = [next(above), next(below)];
  await say(log, { ...pen, position: 3 }, 1);
  for (const item of await Promise.all(coming))
    expect(item).toMatchObject({ kind: "entries", entries: [{ sequence: 6 }] });
  leave.abort();
});

test("catch-up joins what one generation said, and says which range it stands for", async () => {
  const log = open(database.url);
  const { pen } = await beginAnswer(database);
  const writer = log.flusher.open(pen);
  for (const chunk of [textStart, ...counting(0), delta("a"), { type: "finish-step" } as const, delta("b")]) {
    await writer.write([chunk]);
    await writer.flush();
  }
  const leave = new AbortController();
  const items = log.follow({ places: [{ logId: pen.logId, after: 0 }], signal: leave.signal });
  const item = await next(items);
  if (item.kind !== "entries") throw new Error(item.kind);
  expect(item.entries.map(({ first, sequence }) => [first, sequence])).toEqual([
    [1, 1],
    [2, 2],
    [3, 8],
  ]);
  leave.abort();
});

test("several logs come on one line, each with its own numbers", async () => {
  const log = open(database.url);
  const [one, other] = [await beginAnswer(database), await beginAnswer(database)];
  const leave = new AbortController();
  const places = [one, other].map(({ pen }) => ({ logId: pen.logId, after: 2 }));
  const items = log.follow({ places, signal: leave.signal });
  expect(await next(items)).toMatchObject({ kind: "caught-up", logId: one.pen.logId });
  expect(await next(items)).toMatchObject({ kind: "caught-up", logId: other.pen.logId });
  const coming = next(items);
  await say(log, other.pen, 1);
  expect(await coming).toMatchObject({ kind: "entries", logId: other.pen.logId, entries: [{ sequence: 3 }] });
  leave.abort();
});

test("a reader who stalls is kept nothing for, and finds everything in the table when it asks again", async () => {
  const log = open(database.url);
  const { pen } = await beginAnswer(database);
  const leave = new AbortController();
  const stalled = log.follow({ places: [{ logId: pen.logId, after: 2 }], signal: leave.signal });
  expect(await next(stalled)).toMatchObject({ kind: "caught-up" });
  await say(log, pen, RECENT_MAX_ENTRIES + 20);
  let sequence = 2;
  while (sequence < RECENT_MAX_ENTRIES + 22) {
    const item = await next(stalled);
    if (item.kind !== "entries") throw new Error(item.kind);
    expect(item.entries[0]?.first).toBe(sequence + 1);
    sequence = item.entries.at(-1)?.sequence ?? 0;
  }
  leave.abort();
});

test("what is written is told only once it is committed", async () => {
  const log = open(database.url);
  const { pen } = await beginAnswer(database);
  const leave = new AbortController();
  const items = log.follow({ places: [{ logId: pen.logId, after: 2 }], signal: leave.signal });
  await next(items);
  const told = next(items);
  let isTold = false;
  void told.then(() => {
    isTold = true;
  });
  const writer = log.flusher.open(pen);
  await database.sql.begin(async (sql) => {
    await sql`select from logs where log_id = ${pen.logId} for update`;
    await writer.write([textStart]);
    // The flush is waiting for this lock once the database says that somebody does.
    for (let waiting = 0; waiting === 0; ) {
      const [row] = await database.sql<{ count: number }[]>`
        select count(*)::int as count from pg_stat_activity where application_name = 'test flush' and wait_event_type = 'Lock'`;
      waiting = row?.count ?? 0;
    }
    expect(isTold).toBe(false);
  });
  expect(await told).toMatchObject({ kind: "entries", entries: [{ sequence: 3 }] });
  leave.abort();
});
