import { randomUUID } from "node:crypto";
import { test as base, expect } from "@playwright/test";
import postgres from "postgres";
import { createApi, signInAsGuest } from "./api.ts";
import { startPgbouncer } from "./pgbouncer.ts";
import { expectSame } from "./recording.ts";
import { startDatabase, startServer } from "./servers.ts";
import { countTo } from "./stored.ts";
import { answerText, hasEnded, watch } from "./watcher.ts";

type Addresses = { direct: string; pooled: string };

const test = base.extend<object, { database: Addresses }>({
  database: [
    async ({ browserName: _ }, use) => {
      const database = await startDatabase();
      const bouncer = await startPgbouncer(database.url);
      await use({ direct: database.url, pooled: bouncer.url });
      await bouncer.stop();
      await database.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

const WAYS = [
  { way: "with a direct connection beside it", isDirect: true },
  { way: "and nothing beside it", isDirect: false },
];

for (const { way, isDirect } of WAYS) {
  test(`two servers behind a pooler of transactions ${way} show, stop and take over each other's answers`, async ({
    database,
  }) => {
    const env = { LEASE_TTL_MS: "3000", ...(isDirect && { DATABASE_URL_DIRECT: database.direct }) };
    const start = async () => {
      const instanceId = randomUUID();
      const settings = { ...env, INSTANCE_ID: instanceId };
      return { ...(await startServer({ databaseUrl: database.pooled, env: settings })), instanceId };
    };
    // On an empty database, both at once.
    const servers = await Promise.all([start(), start()]);
    const [one, two] = servers;
    for (const { url, output } of servers) {
      if (isDirect) await expect.poll(() => health(url)).toMatchObject({ database: "ok", listening: true });
      else await expect.poll(output).toContain("set DATABASE_URL_DIRECT");
      expect(await health(url)).toMatchObject({ database: "ok", listening: isDirect });
    }

    const api = await signInAsGuest(one.url);
    const [cookie, conversationId] = [api.cookie ?? "", randomUUID()];
    const elsewhere = createApi({ url: two.url, cookie });
    const { generationId } = await api.send(conversationId, "stall after 3");
    const watcher = watch({ urls: [two.url, one.url], cookie, conversationId });
    await watcher.until((state) => answerText(state) === countTo(3));
    await elsewhere.cancel(generationId);
    const stopped = await watcher.until(hasEnded);
    expect(stopped.generations).toMatchObject([{ status: "cancelled", attempt: 1 }]);

    await api.send(conversationId, "count to 100, 50 ms apart");
    await watcher.until((state) => answerText(state).includes("10"));
    const sql = postgres(database.direct, { max: 1 });
    const [pen] = await sql`select worker_id from logs where log_id = ${conversationId}`;
    // A lock that is left behind would vouch for the dead.
    const locks = await sql`select pid from pg_locks where locktype = 'advisory' and classid = 7365612`;
    expect(locks).toHaveLength(isDirect ? 2 : 0);
    await sql.end();
    const [owner, other] = String(pen?.worker_id).startsWith(one.instanceId) ? [one, two] : [two, one];
    owner.kill("SIGKILL");
    const ended = await watcher.until(hasEnded);
    expect(answerText(ended)).toBe(countTo(100));
    expect(ended.generations.at(-1)).toMatchObject({ status: "completed", attempt: 2 });
    expectSame(ended, await createApi({ url: other.url, cookie }).snapshot(conversationId));

    await watcher.leave();
    // Said once, however often it looks, and nothing else went wrong. Where the machine stands still, it is taken back.
    const times = (said: string) => other.output().split(said).length - 1;
    const warnings = times("No LISTEN connection; polling instead until it is back.");
    expect(warnings).toBe(isDirect ? times("LISTEN is back.") : 1);
    expect(other.output()).not.toMatch(/could not|failed|error/i);
    await Promise.all(servers.map((server) => server.stop()));
  });
}

const health = async (url: string) => (await createApi({ url }).ask("/api/health")).body;
