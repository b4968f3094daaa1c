import { tool } from "ai";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { announceConversation } from "#lib/conversations/announce";
import { cancelGeneration } from "#lib/conversations/cancel-generation";
import { ask, isIdle, snapshotWhen, testSettings } from "#lib/conversations/test-server";
import { testDatabase } from "#lib/database/test-database";
import { LEASE_TTL_MS, openTestLog } from "#lib/log/test-log";
import { type FakeProvider, openaiEvents, startFakeProvider, stream } from "#lib/models/fake-provider";
import type { Tools } from "#lib/models/tools/registry";
import { fixedTools } from "#lib/models/tools/test-tools";
import type { Chunk } from "#lib/protocol/event";
import { createServer, type Server } from "#lib/server";
import { claim } from "./claim.ts";

const database = await testDatabase();
const NOT_REPEATED = "Interrupted. It may have taken effect, so it was not run again.";
const said = stream([...openaiEvents.start, ...openaiEvents.text("Done."), ...openaiEvents.end]);
const called = stream([...openaiEvents.start, ...openaiEvents.call("send_mail")]);
const ends: (() => Promise<void>)[] = [];
let provider: FakeProvider;

beforeEach(async () => {
  provider = await startFakeProvider();
  ends.push(provider.stop);
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function serverWith(execute: (signal: AbortSignal | undefined) => Promise<string>): Server {
  const inputSchema = z.object({});
  const sendMail = {
    ...tool({ inputSchema, execute: (_, { abortSignal }) => execute(abortSignal) }),
    sideEffects: true,
  };
  const tools: Tools = { send_mail: sendMail, look: { ...sendMail, sideEffects: false } };
  const settings = {
    OPENAI_API_KEY: "key",
    OPENAI_BASE_URL: provider.url,
    DEFAULT_MODEL: "openai/gpt-6-astra",
    SHUTDOWN_GRACE_MS: "0",
  };
  const server = createServer(testSettings(database.url, settings), { tools: fixedTools(tools) });
  ends.push(server.stop);
  return server;
}

/** Asks something, and dies after these chunks of the answer. */
async function dieAfter(server: Server, chunks: Chunk[]) {
  const asked = await ask({ ...server, wakeWorker: () => {} }, "send it");
  const { claims } = await claim(
    {
      database: database.db,
      workerId: "dead",
      leaseTtlMs: LEASE_TTL_MS,
      hasSideEffects: () => true,
      conversationChanged: announceConversation,
    },
    { room: 1 },
  );
  const log = openTestLog(database.url);
  for (const { pen } of claims) {
    const writer = log.flusher.open(pen);
    await writer.write(chunks);
    await writer.flush();
  }
  await log.stop();
  await database.sql`update logs set lease_expires_at = now() - interval '1 second' where log_id = ${asked.conversationId}`;
  return asked;
}

const toolCall = (toolName: string, toolCallId: string): Chunk => ({
  type: "tool-input-available",
  toolName,
  toolCallId,
  input: {},
});

test("a tool with side effects that had begun is not run again: it is shown as interrupted, and the model hears it", async () => {
  const run = vi.fn(async () => "sent");
  const server = serverWith(run);
  provider.answer(said);
  const asked = await dieAfter(server, [
    { type: "start-step" },
    { type: "text-start", id: "0" },
    { type: "text-delta", id: "0", delta: "I send it" },
    toolCall("send_mail", "call_1"),
    toolCall("look", "call_2"),
    { type: "tool-input-start", toolName: "look", toolCallId: "call_3" },
    { type: "tool-input-delta", toolCallId: "call_3", inputTextDelta: '{"wha' },
  ]);
  server.start();
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(snapshot.generations).toMatchObject([{ status: "completed", attempt: 2 }]);
  expect(snapshot.messages.at(-1)?.parts).toMatchObject([
    { type: "step-start" },
    { type: "text", text: "I send it", state: "done" },
    { type: "tool-send_mail", state: "output-error", errorText: NOT_REPEATED },
    { type: "tool-look", state: "output-error", errorText: "Interrupted before it finished." },
    { type: "tool-look", state: "output-error", errorText: "Interrupted before it finished." },
    { type: "step-start" },
    { type: "text", text: "Done." },
  ]);
  expect(run).not.toHaveBeenCalled();
  expect(JSON.stringify(provider.requests[0])).toContain(NOT_REPEATED);
});

test("a tool with side effects that had finished is not run again, though its step had not", async () => {
  const run = vi.fn(async () => "sent");
  const server = serverWith(run);
  provider.answer(said);
  const asked = await dieAfter(server, [
    { type: "start-step" },
    toolCall("send_mail", "call_1"),
    { type: "tool-output-available", toolCallId: "call_1", output: "sent before" },
  ]);
  server.start();
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(snapshot.messages.at(-1)?.parts).toMatchObject([
    { type: "step-start" },
    { type: "tool-send_mail", state: "output-available", output: "sent before" },
    { type: "step-start" },
    { type: "text", text: "Done." },
  ]);
  expect(run).not.toHaveBeenCalled();
});

test("a tool without side effects is no reason to keep a half-written step", async () => {
  const server = serverWith(async () => "seen");
  provider.answer(said);
  const asked = await dieAfter(server, [{ type: "start-step" }, toolCall("look", "call_1")]);
  server.start();
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(snapshot.messages.at(-1)?.parts).toMatchObject([
    { type: "step-start" },
    { type: "text", text: "Done." },
  ]);
});

test("a tool with side effects does not begin before its call is committed", async () => {
  const order: string[] = [];
  const server = serverWith(async () => {
    order.push("tool");
    return "sent";
  });
  const blocked = Promise.withResolvers<void>();
  const unblock = Promise.withResolvers<void>();
  let blocking: Promise<unknown> | undefined;
  provider.answer((response) => {
    blocking = database.sql.begin(async (transaction) => {
      await transaction`select from logs for update`;
      called(response);
      blocked.resolve();
      await unblock.promise;
      order.push("commit");
    });
  }, said);
  server.start();
  const asked = await ask(server, "send it");
  await blocked.promise;
  // The flusher stands before the lock with the call in its hands, so the model's call came through long ago.
  await expect.poll(isFlusherWaiting).toBe(true);
  unblock.resolve();
  await blocking;
  await snapshotWhen(server, asked, isIdle);
  expect(order).toEqual(["commit", "tool"]);
});

test("a Stop while a tool runs ends the tool, and says that it was interrupted", async () => {
  const began = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const server = serverWith(
    (signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener("abort", () => {
          reject(signal.reason);
          ended.resolve();
        });
        began.resolve();
      }),
  );
  provider.answer(called);
  server.start();
  const asked = await ask(server, "send it");
  await began.promise;
  await cancelGeneration(server, { ...asked, generationId: asked.sent.generationId });
  await ended.promise;
  const { messages } = await snapshotWhen(server, asked, isIdle);
  expect(messages.at(-1)?.parts.at(-1)).toMatchObject({
    type: "tool-send_mail",
    state: "output-error",
    errorText: "Interrupted before it finished.",
  });
  expect(provider.requests).toHaveLength(1);
});

async function isFlusherWaiting(): Promise<boolean> {
  const waiting = await database.sql`
    select from pg_stat_activity
    where application_name = 'rejoin flush' and wait_event_type = 'Lock' and datname = current_database()`;
  return waiting.length > 0;
}
