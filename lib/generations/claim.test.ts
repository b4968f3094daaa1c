import { afterEach, expect, test } from "vitest";
import { addTestAccount } from "#lib/accounts/test-account";
import { announceConversation } from "#lib/conversations/announce";
import { sendPrompt } from "#lib/conversations/send-prompt";
import {
  isIdle,
  snapshotWhen,
  startTestServer,
  testSettings,
  textOf,
  textPrompt,
} from "#lib/conversations/test-server";
import { listen } from "#lib/database/listen";
import { testDatabase } from "#lib/database/test-database";
import { CHANNEL, parseAnnouncement } from "#lib/log/announce";
import { LEASE_TTL_MS, openTestLog } from "#lib/log/test-log";
import type { Chunk } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { createServer, type Server } from "#lib/server";
import { type Claim, claim } from "./claim.ts";
import { ATTEMPTS_MAX } from "./limits.ts";

const database = await testDatabase();
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A server that takes prompts and whose worker never begins. */
function idleServer(): Server {
  const server = { ...createServer(testSettings(database.url)), wakeWorker: () => {} };
  stops.push(server.stop);
  return server;
}

async function askedOf(server: Server, text: string) {
  const [accountId, conversationId] = [await addTestAccount(server.database), newId()];
  const { sent } = await sendPrompt(server, { accountId, conversationId, prompt: textPrompt(text) });
  return { accountId, conversationId, sent };
}

const worker = (workerId: string) => ({
  database: database.db,
  workerId,
  leaseTtlMs: LEASE_TTL_MS,
  hasSideEffects: () => false,
  conversationChanged: announceConversation,
});

/** Claims as a worker would that then dies: it wrote these chunks, and its lease runs out. */
async function claimAndDie(chunks: Chunk[]): Promise<Claim> {
  const { claims } = await claim(worker("dead"), { room: 1, dead: new Map() });
  const [taken] = claims as [Claim];
  const log = openTestLog(database.url);
  const writer = log.flusher.open(taken.pen);
  await writer.write(chunks);
  await writer.flush();
  await log.stop();
  await database.sql`update logs set lease_expires_at = now() - interval '1 second' where log_id = ${taken.pen.logId}`;
  return taken;
}

test("workers that ask at once get each generation once", async () => {
  const server = idleServer();
  await Promise.all(Array.from({ length: 8 }, () => askedOf(server, "count to 2")));
  const claimed = await Promise.all(
    Array.from({ length: 6 }, (_, index) => claim(worker(`worker ${index}`), { room: 8 })),
  );
  const ids = claimed.flatMap(({ claims }) => claims.map(({ generation }) => generation.id));
  expect(ids).toHaveLength(8);
  expect(new Set(ids).size).toBe(8);
  await database.sql`delete from conversations`;
  await database.sql`update logs set generation_id = null`;
});

test("what a dead worker left is taken over: its half-written step is dropped for everyone, and written anew", async () => {
  const server = idleServer();
  const asked = await askedOf(server, "count to 5, 1 ms apart");
  const dead = await claimAndDie([
    { type: "start-step" },
    { type: "text-start", id: "0" },
    { type: "text-delta", id: "0", delta: "never to be seen again" },
  ]);
  const living = startTestServer(database.url);
  stops.push(living.stop);
  const snapshot = await snapshotWhen(living, asked, isIdle);
  expect(textOf(snapshot, asked.sent.answerId)).toBe("1 2 3 4 5");
  expect(snapshot.generations[0]).toMatchObject({ status: "completed", attempt: 2 });

  const sleeper = openTestLog(database.url);
  stops.push(sleeper.stop);
  const writer = sleeper.flusher.open({ ...dead.pen, position: 1 });
  await writer.write([{ type: "text-delta", id: "0", delta: "the sleeper awakes" }]);
  await expect(writer.flush()).rejects.toMatchObject({ code: "lease-lost" });
});

test("a takeover keeps finished steps, and its model goes on after them", async () => {
  const server = idleServer();
  const asked = await askedOf(server, "what time is it");
  const output = { iso: "2001-02-03T04:05:06.000Z", text: "kept" };
  await claimAndDie([
    { type: "start-step" },
    { type: "tool-input-available", toolCallId: "call-1", toolName: "current_time", input: {} },
    { type: "tool-output-available", toolCallId: "call-1", output },
    { type: "finish-step" },
    { type: "start-step" },
    { type: "text-start", id: "0" },
    { type: "text-delta", id: "0", delta: "half a sen" },
  ]);
  const living = startTestServer(database.url);
  stops.push(living.stop);
  const snapshot = await snapshotWhen(living, asked, isIdle);
  const parts = snapshot.messages.at(-1)?.parts ?? [];
  expect(parts.filter(({ type }) => type === "tool-current_time")).toMatchObject([
    { toolCallId: "call-1", output },
  ]);
  expect(textOf(snapshot, asked.sent.answerId)).not.toContain("half a sen");
  expect(snapshot.generations[0]).toMatchObject({ status: "completed", attempt: 2 });
});

test("an answer that was whole when its worker died is ended as it is", async () => {
  const server = idleServer();
  const asked = await askedOf(server, "count to 5");
  await claimAndDie([
    { type: "start-step" },
    { type: "text-start", id: "0" },
    { type: "text-delta", id: "0", delta: "whole" },
    { type: "text-end", id: "0" },
    { type: "finish-step" },
  ]);
  const living = startTestServer(database.url);
  stops.push(living.stop);
  const snapshot = await snapshotWhen(living, asked, isIdle);
  expect(textOf(snapshot, asked.sent.answerId)).toBe("whole");
});

test("a worker that is told to go leaves its answer to the next one, at once", async () => {
  const leaving = startTestServer(database.url);
  const asked = await askedOf(leaving, "count to 40, 50 ms apart");
  await snapshotWhen(leaving, asked, (snapshot) => textOf(snapshot, asked.sent.answerId).startsWith("1 2 3"));
  await leaving.stop();
  const coming = startTestServer(database.url);
  stops.push(coming.stop);
  const snapshot = await snapshotWhen(coming, asked, isIdle);
  expect(textOf(snapshot, asked.sent.answerId)).toMatch(/^1 2 3.* 40$/);
  expect(snapshot.generations[0]).toMatchObject({ status: "completed", attempt: 2 });
});

test("a worker that is told to go tells the others what it left", async () => {
  const leaving = startTestServer(database.url);
  const asked = await askedOf(leaving, "stall after 1");
  await snapshotWhen(leaving, asked, (snapshot) => textOf(snapshot, asked.sent.answerId) === "1");
  const left = Promise.withResolvers<string[]>();
  const listening = Promise.withResolvers<void>();
  const listener = listen({
    url: database.url,
    channel: CHANNEL,
    hold: { text: "select $1", values: ["nothing"] },
    onNotify(payload) {
      const announcement = parseAnnouncement(payload);
      if (announcement.left.length > 0) left.resolve(announcement.left);
    },
    onListening: () => listening.resolve(),
    onDown: listening.reject,
  });
  stops.push(listener.stop);
  await listening.promise;
  await leaving.stop();
  expect(await left.promise).toEqual([asked.conversationId]);
  await database.sql`delete from conversations`;
});

test("an instance that was killed and started again takes what it was writing at once, not after the lease", async () => {
  const server = idleServer();
  const asked = await askedOf(server, "count to 5, 1 ms apart");
  const { claims } = await claim(worker("this-instance:its-former-life"), { room: 1 });
  expect(claims).toHaveLength(1);
  // A witness that stays: only the instance's own word can free this pen before its lease runs out.
  const witness = openTestLog(database.url, { workerId: "this-instance:its-former-life" });
  stops.push(witness.stop);
  await new Promise<void>((resolve) => witness.moments.on("listen.up", () => resolve()));
  const again = startTestServer(database.url, { INSTANCE_ID: "this-instance" });
  stops.push(again.stop);
  const snapshot = await snapshotWhen(again, asked, isIdle);
  expect(snapshot.generations[0]).toMatchObject({ status: "completed", attempt: 2 });
});

test("a worker that died is replaced though its lease has long to run; one that lives is not robbed", async () => {
  const server = idleServer();
  const [dead, alive] = [
    await askedOf(server, "count to 3, 1 ms apart"),
    await askedOf(server, "count to 4, 1 ms apart"),
  ];
  const first = await claim(worker("dead too"), { room: 1 });
  const second = await claim(worker("alive"), { room: 1 });
  expect([first, second].map(({ claims }) => claims[0]?.generation.id)).toEqual([
    dead.sent.generationId,
    alive.sent.generationId,
  ]);
  const witness = openTestLog(database.url, { workerId: "alive" });
  stops.push(witness.stop);
  await new Promise<void>((resolve) => witness.moments.on("listen.up", () => resolve()));
  const other = startTestServer(database.url);
  stops.push(other.stop);
  const snapshot = await snapshotWhen(other, dead, isIdle);
  expect(snapshot.generations[0]).toMatchObject({ status: "completed", attempt: 2 });
  const untouched = await snapshotWhen(other, alive, () => true);
  expect(untouched.generations[0]).toMatchObject({ status: "running", attempt: 1 });
  await database.sql`delete from conversations`;
});

test("after the last attempt it is given up, and what there is of it is kept", async () => {
  const server = idleServer();
  const asked = await askedOf(server, "count to 5");
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    await claimAndDie([
      { type: "start-step" },
      { type: "text-start", id: "0" },
      { type: "text-delta", id: "0", delta: `try ${attempt}` },
    ]);
  }
  const { claims } = await claim(worker("last"), { room: 1, dead: new Map() });
  expect(claims).toEqual([]);
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(snapshot.generations[0]).toMatchObject({ status: "failed", error: { code: "gave-up" } });
  expect(textOf(snapshot, asked.sent.answerId)).toBe(`try ${ATTEMPTS_MAX}`);
});
