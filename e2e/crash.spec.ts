import { expect } from "@playwright/test";
import postgres from "postgres";
import { createApi } from "./api.ts";
import { expectSame } from "./recording.ts";
import { test } from "./two-servers.ts";
import { answerText, hasEnded, watch } from "./watcher.ts";

const COUNT = 150;
const whole = Array.from({ length: COUNT }, (_, index) => index + 1).join(" ");
const prompt = `count to ${COUNT}, 20 ms apart`;
const halfWay = (text: string) => text.startsWith("1 2 3 4 5 6 7 8 9 10 11 12");

test("kill -9 of the owner in mid-answer: two who watch and one who was away end with the same words", async ({
  servers,
  account,
}) => {
  const [owner, other] = servers;
  const { api, cookie, conversationId } = account;
  await api.send(conversationId, prompt);
  const urls = [owner.url, other.url];
  const one = watch({ urls, cookie, conversationId });
  const two = watch({ urls: urls.toReversed(), cookie, conversationId });
  await two.until((state) => halfWay(answerText(state)));
  owner.kill("SIGKILL");
  const killedAtMs = Date.now();
  const restarted = await two.until(({ generations }) => generations[0]?.attempt === 2);
  test.info().annotations.push({ type: "takeover", description: `${Date.now() - killedAtMs} ms` });
  expect(restarted.generations[0]?.status).toBe("running");
  const ended = [await one.until(hasEnded), await two.until(hasEnded)];
  const away = watch({ urls: [other.url], cookie, conversationId });
  ended.push(await away.until(hasEnded));
  const stored = await createApi({ url: other.url, cookie }).snapshot(conversationId);
  expect(answerText(stored)).toBe(whole);
  for (const state of ended) expectSame(state, stored);
  await Promise.all([one, two, away].map((watcher) => watcher.leave()));
});

test("a worker that sleeps past its lease and wakes writes nothing more", async ({ servers, account }) => {
  const [sleeper, other] = servers;
  const { api, cookie, conversationId } = account;
  await api.send(conversationId, prompt);
  const watcher = watch({ urls: [other.url], cookie, conversationId });
  await watcher.until((state) => halfWay(answerText(state)));
  sleeper.kill("SIGSTOP");
  await watcher.until(({ generations }) => generations[0]?.attempt === 2);
  sleeper.kill("SIGCONT");
  const ended = await watcher.until(hasEnded);
  expect(answerText(ended)).toBe(whole);
  expect(ended.generations[0]).toMatchObject({ attempt: 2, status: "completed" });
  const awake = await createApi({ url: sleeper.url, cookie }).snapshot(conversationId);
  expectSame(awake, ended);
  await watcher.leave();
});

test("SIGTERM with open lines and an answer in flight: the process ends, the other finishes, nobody loses a word", async ({
  servers,
  account,
}) => {
  const [leaving, other] = servers;
  const { api, cookie, conversationId } = account;
  await api.send(conversationId, prompt);
  const line = await api.events(conversationId);
  const watcher = watch({ urls: [leaving.url, other.url], cookie, conversationId });
  await watcher.until((state) => halfWay(answerText(state)));
  leaving.kill("SIGTERM");
  const said: unknown[] = [];
  for await (const frame of line.frames) if (frame.kind === "control") said.push(frame.event);
  expect(said.at(-1)).toBe("bye");
  await leaving.exited;
  const ended = await watcher.until(hasEnded);
  expect(answerText(ended)).toBe(whole);
  expectSame(await createApi({ url: other.url, cookie }).snapshot(conversationId), ended);
  await watcher.leave();
});

test("the LISTEN sessions of both servers are killed in mid-answer: nobody is robbed and nobody misses a word", async ({
  database,
  servers,
  account,
}) => {
  const { api, cookie, conversationId } = account;
  for (const { url } of servers) {
    const health = async () => (await createApi({ url }).ask<{ listening: boolean }>("/api/health")).body;
    await expect.poll(async () => (await health()).listening).toBe(true);
  }
  await api.send(conversationId, prompt);
  const watcher = watch({ urls: [servers[1].url], cookie, conversationId });
  await watcher.until((state) => halfWay(answerText(state)));
  const sql = postgres(database.url, { max: 1 });
  const killed =
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rejoin listen'`;
  expect(killed.length).toBeGreaterThanOrEqual(2);
  await sql.end();
  const ended = await watcher.until(hasEnded);
  expect(answerText(ended)).toBe(whole);
  expect(ended.generations[0]).toMatchObject({ attempt: 1, status: "completed" });
  await watcher.leave();
});

test("every session of the database is killed in mid-answer: it goes on where it was", async ({
  database,
  servers,
  account,
}) => {
  const { api, cookie, conversationId } = account;
  await api.send(conversationId, prompt);
  const watcher = watch({ urls: [servers[1].url, servers[0].url], cookie, conversationId });
  await watcher.until((state) => halfWay(answerText(state)));
  const sql = postgres(database.url, { max: 1 });
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and application_name like 'rejoin%'`;
  await sql.end();
  const ended = await watcher.until(hasEnded);
  expect(answerText(ended)).toBe(whole);
  expectSame(await createApi({ url: servers[1].url, cookie }).snapshot(conversationId), ended);
  await watcher.leave();
});

test("Postgres itself restarts in mid-answer: two who watch and one who was away end with what is stored", async ({
  database,
  servers,
  account,
}) => {
  const { api, cookie, conversationId } = account;
  await api.send(conversationId, "count to 400, 20 ms apart");
  const urls = servers.map(({ url }) => url);
  const one = watch({ urls, cookie, conversationId });
  const two = watch({ urls: urls.toReversed(), cookie, conversationId });
  const seen = await two.until((state) => halfWay(answerText(state)));
  await database.restart(async () => {
    for (const url of urls) {
      await expect.poll(async () => (await createApi({ url }).ask("/api/health")).status).toBe(503);
    }
  });
  const ended = [await one.until(hasEnded), await two.until(hasEnded)];
  const away = watch({ urls: urls.toReversed(), cookie, conversationId });
  ended.push(await away.until(hasEnded));
  const stored = await api.snapshot(conversationId);
  expect(stored.generations[0]?.status).toBe("completed");
  expect(stored.sequence).toBeGreaterThan(seen.sequence);
  expect(answerText(stored)).toBe(Array.from({ length: 400 }, (_, index) => index + 1).join(" "));
  for (const state of ended) expectSame(state, stored);
  await Promise.all([one, two, away].map((watcher) => watcher.leave()));
  // The next prompts are answered as ever, whichever server is asked.
  for (const url of urls) {
    const { message } = await createApi({ url, cookie }).answered(conversationId, "count to 3");
    expect(message.parts).toContainEqual({ type: "text", text: "1 2 3", state: "done" });
  }
});

test("a cancel on the other server ends the answer here, within its last word", async ({
  servers,
  account,
}) => {
  const [owner, other] = servers;
  const { api, cookie, conversationId } = account;
  const { generationId } = await api.send(conversationId, prompt);
  const watchers = [owner, other].map(({ url }) => watch({ urls: [url], cookie, conversationId }));
  await watchers[1]?.until((state) => halfWay(answerText(state)));
  const { sequence } = await createApi({ url: other.url, cookie }).cancel(generationId);
  const ended = await Promise.all(watchers.map((watcher) => watcher.until(hasEnded)));
  const stored = await api.snapshot(conversationId);
  expect(stored.sequence).toBe(sequence);
  expect(stored.generations[0]?.status).toBe("cancelled");
  for (const state of ended) expectSame(state, stored);
  await Promise.all(watchers.map((watcher) => watcher.leave()));
});
