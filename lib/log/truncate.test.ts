import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "#lib/database/test-database";
import type { FollowItem } from "./follow.ts";
import { TRUNCATE_BATCH_LOGS, TRUNCATE_LOG_ENTRIES, TRUNCATE_LOOK_LOGS } from "./limits.ts";
import { openTestLog } from "./test-log.ts";
import { truncate } from "./truncate.ts";

const database = await testDatabase();
beforeEach(() => database.sql`truncate entries, logs`);

const RETENTION_HOURS = 48;
const OLD = RETENTION_HOURS + 1;
const YOUNG = RETENTION_HOURS - 1;

/** A log with entries of these ages in hours, the first entry first. */
async function addLog(ages: number[], generationId: string | null = null): Promise<string> {
  const logId = randomUUID();
  await database.sql`insert into logs (log_id, head, generation_id) values (${logId}, ${ages.length}, ${generationId})`;
  await database.sql`
    insert into entries (log_id, sequence, event, created_at)
    select ${logId}, ordinality, '{}', now() - hours * interval '1 hour'
    from unnest(${ages}::int[]) with ordinality as age(hours, ordinality)`;
  return logId;
}

/** As many logs with one old entry each. */
async function addLogs(count: number): Promise<void> {
  await database.sql`insert into logs (log_id, head) select gen_random_uuid(), 1 from generate_series(1, ${count}::int)`;
  await database.sql`
    insert into entries (log_id, sequence, event, created_at)
    select log_id, 1, '{}', now() - ${OLD} * interval '1 hour' from logs on conflict do nothing`;
}

const passOnce = (keepLogIds: string[] = []) =>
  truncate(database.db, { retentionHours: RETENTION_HOURS, keepLogIds: async () => keepLogIds });

const sequencesOf = async (logId: string) =>
  (await database.sql`select sequence from entries where log_id = ${logId} order by sequence`).map(
    ({ sequence }) => sequence,
  );

const countAll = async () => (await database.sql`select from entries`).length;

const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);

test("old entries go from the front, never from behind one that stays; below what is left is a reset", async () => {
  const [gone, mixed, young] = [
    await addLog([OLD, OLD]),
    await addLog([OLD, OLD, YOUNG, OLD, YOUNG]),
    await addLog([YOUNG]),
  ];
  expect(sum(await Array.fromAsync(passOnce()))).toBe(4);
  expect(await Promise.all([gone, mixed, young].map(sequencesOf))).toEqual([[], [3, 4, 5], [1]]);
  const log = openTestLog(database.url);
  const leave = new AbortController();
  const firstFor = async (logId: string, after: number): Promise<FollowItem | undefined> => {
    const places = [{ logId, after }];
    for await (const item of log.follow({ places, signal: leave.signal })) return item;
    return undefined;
  };
  expect(await firstFor(mixed, 1)).toEqual({ kind: "reset", logId: mixed, sequence: 5 });
  expect(await firstFor(mixed, 2)).toMatchObject({ kind: "entries", entries: [{ first: 3 }, {}, {}] });
  expect(await firstFor(gone, 1)).toEqual({ kind: "reset", logId: gone, sequence: 2 });
  expect(await firstFor(gone, 2)).toEqual({ kind: "caught-up", logId: gone, sequence: 2 });
  await log.stop();
});

test("a log with an open generation keeps everything, whoever opened it since it was asked about", async () => {
  const waiting = await addLog([OLD, OLD]);
  const running = await addLog([OLD, OLD], randomUUID());
  expect(sum(await Array.fromAsync(passOnce([waiting])))).toBe(0);
  await database.sql`update logs set generation_id = null`;
  expect(sum(await Array.fromAsync(passOnce()))).toBe(4);
  expect(await sequencesOf(running)).toEqual([]);
});

test("a backlog goes in small batches, and whoever is cut short goes on where they were", async () => {
  await addLogs(TRUNCATE_LOOK_LOGS + TRUNCATE_BATCH_LOGS);
  const long = await addLog(Array.from({ length: 3 * TRUNCATE_LOG_ENTRIES + 1 }, () => OLD));
  const all = await countAll();
  let cutShort = 0;
  for await (const count of passOnce()) {
    cutShort += count;
    if (cutShort > 0) break;
  }
  expect(await countAll()).toBe(all - cutShort);
  const batches = await Array.fromAsync(passOnce());
  expect(cutShort + sum(batches)).toBe(all);
  expect(Math.max(cutShort, ...batches)).toBeLessThan(TRUNCATE_BATCH_LOGS + TRUNCATE_LOG_ENTRIES);
  expect(await sequencesOf(long)).toEqual([]);
});

test("it waits for nobody: what somebody writes into has its turn the next time", async () => {
  const [busy, free] = [await addLog([OLD]), await addLog([OLD])];
  await database.sql.begin(async (sql) => {
    await sql`select from logs where log_id = ${busy} for update`;
    expect(sum(await Array.fromAsync(passOnce()))).toBe(1);
  });
  expect(await Promise.all([busy, free].map(sequencesOf))).toEqual([[1], []]);
  expect(sum(await Array.fromAsync(passOnce()))).toBe(1);
});

test("two at once delete each entry once, and neither stops the other", async () => {
  await addLogs(TRUNCATE_LOOK_LOGS);
  const [one, other] = await Promise.all([Array.fromAsync(passOnce()), Array.fromAsync(passOnce())]);
  const left = await countAll();
  expect(sum(one) + sum(other) + left).toBe(TRUNCATE_LOOK_LOGS);
  await Array.fromAsync(passOnce());
  expect(await countAll()).toBe(0);
});
