import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import type { ConversationList, Sent } from "#lib/protocol/api";
import type { Conversation } from "#lib/protocol/event";
import type { Answer, Api } from "./api.ts";
import { test } from "./fixtures.ts";
import { hasCountedTo, isEntry, readAll, readUntil } from "./frames.ts";
import { expectProblem } from "./problems.ts";
import { answerText } from "./watcher.ts";

const SHORT = "count to 2, 0 ms apart";
const CONVERSATION = [
  "archived",
  "createdAt",
  "draft",
  "id",
  "instructions",
  "leafId",
  "model",
  "pinned",
  "shareToken",
  "temporary",
  "title",
  "updatedAt",
];

test("a conversation is made once, whoever minted its id", async ({ api }) => {
  const body = { id: randomUUID(), title: "Plans", model: "demo/demo", instructions: "Be short." };
  const path = "/api/conversations";
  const made = await api.ask<{ conversation: Conversation }>(path, { body });
  expect(made.status).toBe(201);
  expect(Object.keys(made.body.conversation).sort()).toEqual(CONVERSATION);
  expect(made.body.conversation).toMatchObject({ ...body, pinned: false, archived: false, leafId: null });
  const again = await api.ask(path, { body: { id: body.id, title: "Other plans" } });
  expect([again.status, again.body]).toEqual([200, made.body]);
  const own = await api.ask<{ conversation: Conversation }>(path, { body: {} });
  expect(own.status).toBe(201);
  expect(own.body.conversation.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/);
});

test("the list is told page by page, the newest first, each conversation once", async ({ api }) => {
  const ids: string[] = [];
  for (let index = 0; index < 7; index += 1) ids.unshift((await api.create({ title: `Number ${index}` })).id);
  await api.answered(ids[3] ?? "", SHORT);
  ids.unshift(...ids.splice(3, 1));
  const { body } = await list(api, "");
  expect(body.next).toBeNull();
  expect(Object.keys(body.conversations[0] ?? {}).sort()).toEqual([
    "archived",
    "generating",
    "id",
    "model",
    "pinned",
    "title",
    "unread",
    "updatedAt",
  ]);
  const told: string[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const page: ConversationList = (await list(api, `limit=3&before=${encodeURIComponent(next)}`)).body;
    expect(page.conversations.length).toBeLessThanOrEqual(3);
    told.push(...page.conversations.map(({ id }) => id));
    next = page.next;
  }
  expect(told).toEqual(ids);
});

test("a search finds words in titles and in messages, and takes every character as it is", async ({
  api,
}) => {
  const byTitle = await api.create({ title: "100% wool_and\\silk" });
  const byPrompt = await api.create({ title: "Something else" });
  await api.answered(byPrompt.id, "what time is it in Asia/Tokyo");
  const other = await api.create({ title: "1000 wool-and-silk" });
  const found = async (q: string) =>
    (await list(api, `q=${encodeURIComponent(q)}`)).body.conversations.map(({ id }) => id);
  expect(await found("WOOL")).toEqual([other.id, byTitle.id]);
  expect(await found("0%")).toEqual([byTitle.id]);
  expect(await found("wool_")).toEqual([byTitle.id]);
  expect(await found("d\\s")).toEqual([byTitle.id]);
  expect(await found("asia/tokyo")).toEqual([byPrompt.id]);
  expect(await found("it is"), "in the answer").toEqual([byPrompt.id]);
  expect(await found("no such words")).toEqual([]);
  expect(await found("\0")).toEqual([]);
  expect(await found("")).toHaveLength(3);
});

test("what is changed is told to all who follow", async ({ api }) => {
  const { id } = await api.create();
  await api.answered(id, SHORT);
  const [prompt] = (await api.snapshot(id)).messages;
  const line = await api.events(id, `after=${(await api.snapshot(id)).sequence}`);
  const changes: [object, string][] = [
    [{ title: "  Numbers  " }, "conversation-changed"],
    [{ model: "demo/demo", instructions: "Count." }, "conversation-changed"],
    [{ pinned: true, archived: true }, "conversation-changed"],
    [{ model: null, instructions: null }, "conversation-changed"],
    [{ leafId: prompt?.id }, "leaf-changed"],
  ];
  for (const [body, type] of changes) {
    const answer = await patch(api, id, body);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).sort()).toEqual(["conversation", "sequence"]);
    const entry = (await readUntil(line.frames, isEntry)).at(-1);
    expect(entry).toMatchObject({ sequence: answer.body.sequence, event: { type } });
  }
  line.leave();
  const { conversation } = await api.snapshot(id);
  expect(conversation).toMatchObject({
    title: "Numbers",
    model: null,
    instructions: null,
    pinned: true,
    archived: true,
    leafId: prompt?.id,
  });
});

test("what is deleted is gone, with all that belongs to it", async ({ api }) => {
  const { id } = await api.create();
  const { generationId, answerId } = await api.send(id, "stall after 1");
  const deleted = await api.fetch(`/api/conversations/${id}`, { method: "DELETE" });
  expect([deleted.status, await deleted.text()]).toEqual([204, ""]);
  const addresses: [string, object][] = [
    [`/api/conversations/${id}`, {}],
    [`/api/conversations/${id}`, { method: "DELETE" }],
    [`/api/conversations/${id}`, { method: "PATCH", body: { title: "Back" } }],
    [`/api/generations/${generationId}/cancel`, { method: "POST" }],
    [`/api/messages/${answerId}/regenerate`, { body: { id: randomUUID() } }],
    [`/api/follow?log=${id}:0`, { headers: { accept: "text/event-stream" } }],
  ];
  for (const [path, ask] of addresses) expectProblem(await api.refused(path, ask), "not-found", 404);
  expect((await list(api, "")).body.conversations).toEqual([]);
});

test("a stale tab cannot bring back what was deleted", async ({ api, guest }) => {
  const { id } = await api.create();
  await api.answered(id, SHORT);
  await api.fetch(`/api/conversations/${id}`, { method: "DELETE" });
  // Nor may the next one who comes by its address read what was said there.
  for (const someone of [api, await guest()]) {
    const body = { id: randomUUID(), text: SHORT };
    expectProblem(await someone.refused(`/api/conversations/${id}/messages`, { body }), "not-found", 404);
    expectProblem(await someone.refused("/api/conversations", { body: { id } }), "not-found", 404);
    expectProblem(await someone.refused(`/api/conversations/${id}/events`), "not-found", 404);
    expect((await list(someone, "")).body.conversations).toEqual([]);
  }
});

test("in a snapshot, a part that is being written says so, and names what will go on with it", async ({
  api,
}) => {
  const { id } = await api.create();
  const { messageId, answerId, generationId } = await api.send(id, "think 3, then stall after 5");
  const line = await api.events(id);
  await readUntil(line.frames, hasCountedTo(5));
  line.leave();
  const snapshot = await api.snapshot(id);
  expect(Object.keys(snapshot).sort()).toEqual(["conversation", "generations", "messages", "sequence"]);
  expect(Object.keys(snapshot.conversation).sort()).toEqual(CONVERSATION);
  expect(snapshot.messages[1]).toEqual({
    id: answerId,
    conversationId: id,
    parentId: messageId,
    role: "assistant",
    model: "demo/demo",
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    parts: [
      { type: "step-start" },
      {
        type: "reasoning",
        id: expect.any(String),
        text: "so the demo",
        state: "done",
        providerMetadata: { rejoin: { durationMs: expect.any(Number) } },
      },
      { type: "text", text: "1 2 3 4 5", state: "streaming", chunkId: expect.any(String) },
    ],
  });
  expect(snapshot.generations).toEqual([
    {
      id: generationId,
      conversationId: id,
      messageId: answerId,
      model: "demo/demo",
      status: "running",
      attempt: 1,
      createdAt: expect.stringMatching(/Z$/),
      startedAt: expect.stringMatching(/Z$/),
    },
  ]);
  expect((await list(api, "")).body.conversations[0]?.generating).toBe(true);
  await api.cancel(generationId);
});

test("a cancel ends the answer at once, keeps what was said, and may come again", async ({ api }) => {
  const { id } = await api.create();
  const { generationId } = await api.send(id, "stall after 3");
  const line = await api.events(id);
  await readUntil(line.frames, hasCountedTo(3));
  const { generation, sequence } = await api.cancel(generationId);
  expect(generation).toMatchObject({ id: generationId, status: "cancelled", endedAt: expect.any(String) });
  const end = (await readUntil(line.frames, isEntry)).at(-1);
  expect(end).toMatchObject({ sequence, event: { type: "generation-end", generation } });
  line.leave();
  const snapshot = await api.snapshot(id);
  expect([snapshot.sequence, answerText(snapshot)]).toEqual([sequence, "1 2 3"]);
  expect(snapshot.messages[1]?.parts.at(-1)).toEqual({ type: "text", text: "1 2 3", state: "done" });
  expect(await api.cancel(generationId)).toEqual({ generation, sequence });
  expect(await api.snapshot(id)).toEqual(snapshot);
});

test("a cancel that comes late says how it ended, and does not touch the next answer", async ({ api }) => {
  const { id } = await api.create();
  const first = await api.answered(id, SHORT);
  const { generationId } = await api.send(id, "count to 30, 10 ms apart");
  const late = await api.cancel(first.generation.id);
  expect(late.generation).toEqual(first.generation);
  await readAll((await api.events(id, "until=idle")).frames);
  const { generations } = await api.snapshot(id);
  expect(generations.find((one) => one.id === generationId)?.status).toBe("completed");
});

test("an answer that waits its turn can be cancelled without touching the one before", async ({ api }) => {
  const { id } = await api.create();
  const first = await api.send(id, "count to 40, 10 ms apart");
  const second = await api.send(id, SHORT);
  expect((await api.cancel(second.generationId)).generation.status).toBe("cancelled");
  await readAll((await api.events(id, "until=idle")).frames);
  const { generations } = await api.snapshot(id);
  expect(generations.map((one) => [one.id, one.status])).toEqual([
    [first.generationId, "completed"],
    [second.generationId, "cancelled"],
  ]);
});

test("another answer stands beside the old one, and asking twice is asking once", async ({ api }) => {
  const { id } = await api.create();
  const old = await api.answered(id, SHORT);
  const before = await api.snapshot(id);
  const path = `/api/messages/${old.message.id}/regenerate`;
  const body = { id: randomUUID() };
  const asked = await api.ask<Sent>(path, { body });
  expect(asked.status).toBe(202);
  expect(asked.body).toEqual({
    messageId: old.message.parentId,
    answerId: body.id,
    generationId: expect.any(String),
    sequence: before.sequence + 1,
  });
  const again = await api.ask(path, { body });
  expect([again.status, again.body]).toEqual([200, asked.body]);
  await readAll((await api.events(id, "until=idle")).frames);
  const after = await api.snapshot(id);
  expect(after.messages.slice(0, 2)).toEqual(before.messages);
  expect(after.messages.slice(2)).toMatchObject([{ id: body.id, parentId: old.message.parentId }]);
  expect(answerText(after)).toBe("1 2");
  expect([after.conversation.leafId, after.generations.length]).toEqual([body.id, 2]);
  const taken = await api.refused(path, { body: { id: old.message.parentId } });
  expectProblem(taken, "id-taken", 409);
  const ofPrompt = `/api/messages/${old.message.parentId}/regenerate`;
  expectProblem(await api.refused(ofPrompt, { body: { id: randomUUID() } }), "invalid-request", 400);
  expect(await api.snapshot(id)).toEqual(after);
});

test("the models and the state of the server can be asked for", async ({ api, server }) => {
  const { body } = await api.ask("/api/models");
  expect(body).toEqual({
    models: [
      {
        id: "demo/demo",
        name: expect.any(String),
        provider: expect.any(String),
        default: true,
        inputs: ["text"],
      },
    ],
  });
  const health = await fetch(`${server.url}/api/health`);
  expect(health.status).toBe(200);
  expect(await health.json()).toEqual({
    status: "ok",
    database: "ok",
    listening: true,
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
  });
});

const list = (api: Api, query: string): Promise<Answer<ConversationList>> =>
  api.ask(`/api/conversations?${query}`);

const patch = (api: Api, id: string, body: object) =>
  api.ask<{ conversation: Conversation; sequence: number }>(`/api/conversations/${id}`, {
    method: "PATCH",
    body,
  });
