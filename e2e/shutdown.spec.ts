import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { createApi, signInAsGuest } from "./api.ts";
import { databaseFixture } from "./database-fixture.ts";
import { heldBy } from "./provider.ts";
import { test as base } from "./provider-fixtures.ts";
import { type StartedDatabase, type StartedServer, startServer } from "./servers.ts";
import { answerText, hasEnded, watch } from "./watcher.ts";

/** Longer than any test. */
const LONG_GRACE_MS = 120_000;
/** What is left of it, after the time for handing over, is over before the model says another word. */
const SHORT_GRACE_MS = 2_100;

const test = base.extend<
  { start: (graceMs: number) => Promise<StartedServer> },
  { database: StartedDatabase }
>({
  database: databaseFixture,
  start: async ({ database, provider }, use) => {
    const servers: StartedServer[] = [];
    await use(async (graceMs) => {
      const env = { ...heldBy(provider), SHUTDOWN_GRACE_MS: String(graceMs) };
      const server = await startServer({ databaseUrl: database.url, env });
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.stop()));
  },
});

test("a server that is asked to stop sends its devices away, lets a short answer end, and ends", async ({
  start,
  provider,
}) => {
  const [leaving, other] = await Promise.all([start(LONG_GRACE_MS), start(0)]);
  const api = await signInAsGuest(leaving.url);
  const [cookie, conversationId] = [api.cookie ?? "", randomUUID()];
  await api.send(conversationId, "hello");
  const call = await provider.called();
  call.say("One ");
  const watcher = watch({ urls: [leaving.url, other.url], cookie, conversationId });
  await watcher.until((state) => answerText(state) === "One ");
  const line = await api.events(conversationId);
  leaving.kill("SIGTERM");
  const said: unknown[] = [];
  for await (const frame of line.frames) if (frame.kind === "control") said.push(frame.event);
  expect(said.at(-1)).toBe("bye");
  call.say("two");
  await watcher.until((state) => answerText(state) === "One two");
  call.end();
  const ended = await watcher.until(hasEnded);
  expect(ended.generations).toMatchObject([{ status: "completed", attempt: 1 }]);
  expect(provider.openCalls()).toBe(0);
  await leaving.exited;
  await watcher.leave();
});

test("a server whose grace is over hands its answers to the other one, and ends", async ({
  start,
  provider,
}) => {
  const leaving = await start(SHORT_GRACE_MS);
  const api = await signInAsGuest(leaving.url);
  const [cookie, conversationId] = [api.cookie ?? "", randomUUID()];
  await api.send(conversationId, "hello");
  const first = await provider.called();
  first.say("One");
  const other = await start(0);
  const watcher = watch({ urls: [other.url], cookie, conversationId });
  await watcher.until((state) => answerText(state) === "One");
  leaving.kill("SIGTERM");
  await first.hungUp;
  const second = await provider.called();
  second.say("All of it");
  second.end();
  const ended = await watcher.until(hasEnded);
  expect(answerText(ended)).toBe("All of it");
  expect(ended.generations).toMatchObject([{ status: "completed", attempt: 2 }]);
  await leaving.exited;
  expect(leaving.output()).toContain("Stopping. Up to 0.1 s for 1 answer to end");
  expect(await createApi({ url: other.url, cookie }).snapshot(conversationId)).toMatchObject(ended);
  await watcher.leave();
});
