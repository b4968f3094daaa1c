import { afterAll, expect, test } from "vitest";
import { cancelGeneration } from "#lib/conversations/cancel-generation";
import { deleteConversation } from "#lib/conversations/delete-conversation";
import { loadSnapshot } from "#lib/conversations/load-snapshot";
import { sendPrompt } from "#lib/conversations/send-prompt";
import {
  ask,
  isIdle,
  snapshotWhen,
  startTestServer,
  textOf,
  textPrompt,
} from "#lib/conversations/test-server";
import { testDatabase } from "#lib/database/test-database";
import { readHeads } from "#lib/log/read";
import { readAll } from "#lib/log/read-all";
import type { ConversationEvent } from "#lib/protocol/event";

const database = await testDatabase();
const server = startTestServer(database.url);
afterAll(() => server.stop());

async function eventsOf(logId: string): Promise<ConversationEvent[]> {
  const head = (await readHeads(server.database, [logId])).get(logId) ?? 0;
  return (await readAll(server.database, { logId, after: 0, head })).map(({ text }) => JSON.parse(text));
}

test("a model that fails in mid-answer leaves what it said, and a sentence that says why", async () => {
  const asked = await ask(server, "fail after 4");
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(textOf(snapshot, asked.sent.answerId)).toBe("1 2 3 4");
  expect(snapshot.generations[0]).toMatchObject({
    status: "failed",
    error: { code: "model-failed", detail: expect.any(String) },
  });
  expect(snapshot.messages.at(-1)?.parts.at(-1)).toMatchObject({ state: "done" });
});

test("a cancel keeps what was said, ends the model, and is the last word", async () => {
  const asked = await ask(server, "stall after 4");
  await snapshotWhen(server, asked, (snapshot) => textOf(snapshot, asked.sent.answerId) === "1 2 3 4");
  const lost = new Promise<void>((resolve) => server.moments.on("lease.lost", () => resolve()));
  const cancelled = await cancelGeneration(server, { ...asked, generationId: asked.sent.generationId });
  expect(cancelled.generation.status).toBe("cancelled");
  await lost;
  const events = await eventsOf(asked.conversationId);
  expect(events.at(-1)?.type).toBe("generation-end");
  expect(events.filter(({ type }) => type === "generation-end")).toHaveLength(1);
  const again = await cancelGeneration(server, { ...asked, generationId: asked.sent.generationId });
  expect(again).toEqual(cancelled);
  expect(await eventsOf(asked.conversationId)).toEqual(events);
});

test("a late cancel does not stop the next answer", async () => {
  const asked = await ask(server, "count to 2, 1 ms apart");
  await snapshotWhen(server, asked, isIdle);
  const next = await sendPrompt(server, { ...asked, prompt: textPrompt("count to 40, 2 ms apart") });
  const late = await cancelGeneration(server, { ...asked, generationId: asked.sent.generationId });
  expect(late.generation.status).toBe("completed");
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(textOf(snapshot, next.sent.answerId)).toMatch(/ 40$/);
});

test("a cancelled prompt in the queue is passed over", async () => {
  const asked = await ask(server, "count to 30, 2 ms apart");
  const skipped = await sendPrompt(server, { ...asked, prompt: textPrompt("count to 3, 1 ms apart") });
  const last = await sendPrompt(server, { ...asked, prompt: textPrompt("count to 4, 1 ms apart") });
  await cancelGeneration(server, { ...asked, generationId: skipped.sent.generationId });
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(textOf(snapshot, skipped.sent.answerId)).toBe("");
  expect(textOf(snapshot, last.sent.answerId)).toBe("1 2 3 4");
});

test("deleting a conversation ends its generation and its followers learn of it", async () => {
  const asked = await ask(server, "stall after 2");
  await snapshotWhen(server, asked, (snapshot) => textOf(snapshot, asked.sent.answerId) === "1 2");
  const lost = new Promise<void>((resolve) => server.moments.on("lease.lost", () => resolve()));
  await deleteConversation(server, asked);
  await lost;
  expect((await eventsOf(asked.conversationId)).at(-1)).toEqual({ type: "conversation-deleted" });
  await expect(loadSnapshot(server.database, asked)).rejects.toMatchObject({ code: "not-found" });
});
