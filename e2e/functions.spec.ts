import { randomUUID } from "node:crypto";
import { test as base, expect } from "@playwright/test";
import postgres, { type Sql } from "postgres";
import { createApi, signInAsGuest } from "./api.ts";
import { type Functions, startFunctions } from "./functions.ts";
import { startPgbouncer } from "./pgbouncer.ts";
import { expectSame } from "./recording.ts";
import { startDatabase } from "./servers.ts";
import { countTo } from "./stored.ts";
import { answerText, hasEnded, watch } from "./watcher.ts";

/** No function has to end while it is tested. */
const AMPLE_MS = 60_000;
const SHORT_MS = 5_000;
/** On a busy machine each instance takes seconds to start. */
const PATIENT = { timeout: 60_000 };
const CRON_SECRET = "for tests only, too";
/** Longer than one function may work, whoever comes meanwhile. */
const LONG = { last: 80, prompt: "count to 80, 100 ms apart" };

type Options = {
  limitMs?: number;
  keepsAwake?: boolean;
  /** Whether a pooler of transactions is in front of the database, as it is there. It has connections of its own. */
  isPooled?: boolean;
  env?: Record<string, string>;
};

const test = base.extend<
  { start: (options?: Options) => Promise<Functions> },
  { database: { direct: string; pooled: string; sql: Sql } }
>({
  database: [
    async ({ browserName: _ }, use) => {
      const database = await startDatabase();
      const bouncer = await startPgbouncer(database.url);
      const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
      await use({ direct: database.url, pooled: bouncer.url, sql });
      await sql.end();
      await bouncer.stop();
      await database.stop();
    },
    { scope: "worker" },
  ],
  start: [
    async ({ database: { direct, pooled } }, use) => {
      const started: Functions[] = [];
      await use(async ({ isPooled, ...options } = {}) => {
        const databaseUrl = isPooled ? pooled : direct;
        const functions = await startFunctions({ databaseUrl, direct, limitMs: AMPLE_MS, ...options });
        started.push(functions);
        return functions;
      });
      await Promise.all(started.map((functions) => functions.stop()));
    },
    // A first start may have to build.
    { timeout: 300_000 },
  ],
});

/** What the database has of a generation, without waking anybody by asking. */
async function stored(sql: Sql, generationId: string) {
  const [row] = await sql`select status, attempt from generations where id = ${generationId}`;
  return row;
}

/** Connections that instances hold, by what for. Those that the pooler keeps were begun before. */
async function connectionsSince(sql: Sql, begun: Date): Promise<string[]> {
  const held = await sql`select application_name from pg_stat_activity
    where application_name like 'rejoin%' and backend_start > ${begun}`;
  return held.map(({ application_name }) => application_name);
}

async function databaseNow(sql: Sql): Promise<Date> {
  const [row] = await sql`select now()`;
  return row?.now;
}

test("an answer is longer than a function may live, and its reader has it whole, once and in order", async ({
  start,
}) => {
  const functions = await start({ limitMs: SHORT_MS, isPooled: true });
  const api = await signInAsGuest(functions.url);
  const [cookie, conversationId] = [api.cookie ?? "", randomUUID()];
  await api.send(conversationId, LONG.prompt);
  const watcher = watch({ urls: [functions.url], cookie, conversationId });
  const ended = await watcher.until(hasEnded);
  expect(answerText(ended)).toBe(countTo(LONG.last));
  expect(ended.generations).toMatchObject([{ status: "completed" }]);
  expect(ended.generations[0]?.attempt).toBeGreaterThanOrEqual(2);
  expect(functions.instances()).toBeGreaterThanOrEqual(2);
  expect(functions.cutOff()).toBe(0);
  expectSame(await createApi({ url: functions.url, cookie }).snapshot(conversationId), ended);
  await watcher.leave();
});

test("where nobody looks, it is kept awake for the answer, goes to rest without a connection, and wakes with new ones", async ({
  start,
  database: { sql },
}) => {
  const begun = await databaseNow(sql);
  const functions = await start();
  const api = await signInAsGuest(functions.url);
  const conversationId = randomUUID();
  const { generationId } = await api.send(conversationId, "count to 20, 20 ms apart");
  await functions.asleep();
  expect(await stored(sql, generationId)).toEqual({ status: "completed", attempt: 1 });
  expect(await connectionsSince(sql, begun)).toEqual([]);
  expect(answerText(await api.snapshot(conversationId))).toBe(countTo(20));
  expect(functions.instances()).toBe(1);
});

test("were it not kept awake, the answer would stand still; whoever comes next brings it to its end", async ({
  start,
  database: { sql },
}) => {
  const functions = await start({ keepsAwake: false, env: { LEASE_TTL_MS: "1000" } });
  const api = await signInAsGuest(functions.url);
  const [cookie, conversationId] = [api.cookie ?? "", randomUUID()];
  const { generationId } = await api.send(conversationId, "count to 20, 50 ms apart");
  await functions.asleep();
  expect(await stored(sql, generationId)).not.toMatchObject({ status: "completed" });
  const watcher = watch({ urls: [functions.url], cookie, conversationId });
  const ended = await watcher.until(hasEnded);
  expect(answerText(ended)).toBe(countTo(20));
  await watcher.leave();
});

test("an answer that is longer than its function goes from one to the next though nobody looks", async ({
  start,
  database: { sql },
}) => {
  const functions = await start({ limitMs: SHORT_MS, isPooled: true, env: { CRON_SECRET } });
  const api = await signInAsGuest(functions.url);
  const conversationId = randomUUID();
  const { generationId } = await api.send(conversationId, "count to 50, 100 ms apart");
  await expect.poll(() => stored(sql, generationId), PATIENT).toMatchObject({ status: "completed" });
  expect((await stored(sql, generationId))?.attempt).toBeGreaterThanOrEqual(2);
  expect(answerText(await api.snapshot(conversationId))).toBe(countTo(50));
  expect(functions.cutOff()).toBe(0);
});

test("what was thrown away in the middle of an answer is gone on with by who sweeps, and nobody else may", async ({
  start,
  database: { sql },
}) => {
  const functions = await start({ isPooled: true, env: { CRON_SECRET } });
  const api = await signInAsGuest(functions.url);
  const conversationId = randomUUID();
  const { generationId } = await api.send(conversationId, "count to 30, 50 ms apart");
  await expect.poll(async () => answerText(await api.snapshot(conversationId))).toContain("2 3");
  await functions.throwAway();
  const nobody = createApi({ url: functions.url });
  const sweep = (secret: string) =>
    nobody.ask("/api/cron/sweep", { headers: { authorization: `Bearer ${secret}` } });
  expect((await sweep("not it, but as long")).status).toBe(401);
  expect((await sweep(CRON_SECRET)).status).toBe(202);
  await expect.poll(() => stored(sql, generationId), PATIENT).toEqual({ status: "completed", attempt: 2 });
  expect(answerText(await api.snapshot(conversationId))).toBe(countTo(30));
});
