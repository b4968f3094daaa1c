import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import type { Sent } from "#lib/protocol/api";
import type { Api, Ended } from "./api.ts";
import { test } from "./fixtures.ts";
import { type Frame, isEnd, isEntry, readAll, readUntil } from "./frames.ts";
import { expectProblem } from "./problems.ts";
import { expectDense, expectSame, folded } from "./recording.ts";
import { answerText } from "./watcher.ts";

const messagesOf = (conversationId: string) => `/api/conversations/${conversationId}/messages`;
const numbers = (to: number) => Array.from({ length: to }, (_, index) => index + 1).join(" ");

test("a prompt is accepted with 202, its ids, and the number of its entry", async ({ api }) => {
  const conversationId = randomUUID();
  const id = randomUUID();
  const answer = await api.ask<Sent>(messagesOf(conversationId), { body: { id, text: "count to 3" } });
  expect(answer.status).toBe(202);
  expect(answer.headers.get("content-type")).toContain("application/json");
  expect(Object.keys(answer.body).sort()).toEqual(["answerId", "generationId", "messageId", "sequence"]);
  const { messageId, answerId, generationId, sequence } = answer.body;
  expect(messageId).toBe(id);
  const { entries } = await api.page(conversationId, `after=${sequence - 1}`);
  expect(entries[0]).toMatchObject({ sequence, event: { type: "message-added", message: { id } } });
  const { messages, generations } = await api.snapshot(conversationId);
  expect(messages).toMatchObject([
    { id, conversationId, parentId: null, role: "user", parts: [{ type: "text", text: "count to 3" }] },
    { id: answerId, conversationId, parentId: id, role: "assistant", model: "demo/demo" },
  ]);
  expect(generations).toMatchObject([{ id: generationId, messageId: answerId }]);
});

test("a prompt that is sent ten times at once is one prompt with one answer", async ({ api }) => {
  const conversationId = randomUUID();
  const body = { id: randomUUID(), text: "count to 2, 0 ms apart" };
  const sendings = Array.from({ length: 10 }, () => api.ask<Sent>(messagesOf(conversationId), { body }));
  const answers = await Promise.all(sendings);
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 202]);
  await api.answered(conversationId, body);
  answers.push(await api.ask<Sent>(messagesOf(conversationId), { body }));
  expect(answers.at(-1)?.status).toBe(200);
  for (const answer of answers) expect(answer.body).toEqual(answers[0]?.body);
  const { messages, generations } = await api.snapshot(conversationId);
  expect([messages.length, generations.length]).toEqual([2, 1]);
});

test("a message id that was sent with other content is taken", async ({ api }) => {
  const [conversationId, id] = [randomUUID(), randomUUID()];
  await api.answered(conversationId, { id, text: "count to 2, 0 ms apart" });
  const before = await api.snapshot(conversationId);
  const answerId = before.messages[1]?.id;
  const others: [string, object][] = [
    [conversationId, { id, text: "count to 3" }],
    [conversationId, { id, text: "count to 2, 0 ms apart", parentId: answerId }],
    [conversationId, { id: answerId, text: "count to 2, 0 ms apart" }],
    [randomUUID(), { id, text: "count to 2, 0 ms apart" }],
  ];
  for (const [place, body] of others) {
    expectProblem(await api.refused(messagesOf(place), { body }), "id-taken", 409);
  }
  expect(await api.snapshot(conversationId)).toEqual(before);
  const { body } = await api.ask<{ conversations: object[] }>("/api/conversations");
  expect(body.conversations).toHaveLength(1);
});

test("who prefers to wait gets the whole answer, and the same again", async ({ api }) => {
  const conversationId = randomUUID();
  const ask = {
    body: { id: randomUUID(), text: "think 2, then count to 5" },
    headers: { prefer: 'respond-async, wait="40"' },
  };
  const answer = await api.ask<Ended>(messagesOf(conversationId), ask);
  expect(answer.status).toBe(200);
  const { messages, generations, sequence } = await api.snapshot(conversationId);
  expect(answer.body).toEqual({ message: messages[1], generation: generations[0], sequence });
  expect(answer.body.generation).toMatchObject({ status: "completed", attempt: 1 });
  const again = await api.ask<Ended>(messagesOf(conversationId), ask);
  expect([again.status, again.body]).toEqual([200, answer.body]);
});

test("who waits too short a time gets what everybody gets", async ({ api }) => {
  const conversationId = randomUUID();
  const body = { id: randomUUID(), text: "stall after 2" };
  const first = await api.ask<Sent>(messagesOf(conversationId), { body, headers: { prefer: "wait=0" } });
  const second = await api.ask<Sent>(messagesOf(conversationId), { body, headers: { prefer: "wait=1" } });
  expect([first.status, second.status]).toEqual([202, 202]);
  expect(second.body).toEqual(first.body);
  await api.cancel(first.body.generationId);
});

test("a prompt sent for an event stream is answered with its log from the prompt to the end", async ({
  api,
}) => {
  const conversationId = randomUUID();
  await api.answered(conversationId, "count to 2, 0 ms apart");
  const before = await api.snapshot(conversationId);
  const body = { id: randomUUID(), text: "think 3, then what time is it" };
  const frames = await streamed(api, conversationId, body);
  const after = await api.snapshot(conversationId);
  const entries = frames.filter(isEntry);
  expectDense(entries, { after: before.sequence, head: after.sequence });
  expect(entries[0]?.event).toMatchObject({ type: "message-added", message: { id: body.id } });
  expectSame(folded(before, entries), after);

  await api.answered(conversationId, "count to 3, 0 ms apart");
  const again = (await streamed(api, conversationId, body)).filter(isEntry);
  // The same prompt again tells the same answer, without what has been said since.
  expectDense(again, { after: before.sequence, head: after.sequence });
  expectSame(folded(before, again), after);
});

test("however short an answer is, its stream tells how it ended", async ({ api }) => {
  for (let turn = 0; turn < 5; turn += 1) {
    const sendings = Array.from({ length: 6 }, async () => {
      const body = { id: randomUUID(), text: "count to 1, 0 ms apart" };
      return (await streamed(api, randomUUID(), body)).filter(isEnd).length;
    });
    expect(await Promise.all(sendings)).toEqual(Array(6).fill(1));
  }
});

test("a failed answer keeps what was said, and says why it ended", async ({ api }) => {
  const conversationId = randomUUID();
  const { message, generation } = await api.answered(conversationId, "fail after 4");
  expect(message.parts).toMatchObject([
    { type: "step-start" },
    { type: "text", text: "1 2 3 4", state: "done" },
  ]);
  expect(generation).toMatchObject({
    status: "failed",
    error: { code: expect.any(String), detail: expect.any(String) },
    endedAt: expect.any(String),
  });
});

test("whoever hangs up, the answer goes on to its end", async ({ api }) => {
  const COUNT = 60;
  const text = `count to ${COUNT}, 10 ms apart`;
  const leavers: Record<string, (conversationId: string) => Promise<void>> = {
    async "the sender, who was told of it while it was written"(id) {
      const line = await api.line(messagesOf(id), { body: { id: randomUUID(), text } });
      await readUntil(line.frames, isChunk);
      line.leave();
    },
    async "the sender, who waited for all of it"(id) {
      const gone = new AbortController();
      const body = { id: randomUUID(), text };
      const waiting = api.fetch(messagesOf(id), {
        body,
        headers: { prefer: "wait=50" },
        signal: gone.signal,
      });
      const line = await lineOf(api, id);
      await readUntil(line.frames, isChunk);
      gone.abort();
      line.leave();
      await expect(waiting).rejects.toThrow("aborted");
    },
    async "everybody who followed"(id) {
      await api.send(id, text);
      const lines = await Promise.all([lineOf(api, id), lineOf(api, id), lineOf(api, id)]);
      for (const line of lines) {
        await readUntil(line.frames, isChunk);
        line.leave();
      }
    },
  };
  await Promise.all(
    Object.entries(leavers).map(async ([who, leave]) => {
      const id = randomUUID();
      await api.create({ id });
      await leave(id);
      await readAll((await api.events(id, "until=idle")).frames);
      const end = await api.snapshot(id);
      expect(end.generations, who).toMatchObject([{ status: "completed", attempt: 1 }]);
      expect(answerText(end), who).toBe(numbers(COUNT));
    }),
  );
});

test("a prompt that is sent while another is answered waits its turn, and is answered", async ({ api }) => {
  const conversationId = randomUUID();
  const first = await api.send(conversationId, "count to 40, 10 ms apart");
  const second = await api.send(conversationId, "count to 3, 0 ms apart");
  const waiting = await api.snapshot(conversationId);
  expect(waiting.generations.find(({ id }) => id === second.generationId)?.status).toBe("queued");
  const frames = await readAll((await api.events(conversationId, "until=idle")).frames);
  const ends = frames
    .filter(isEntry)
    .flatMap(({ event }) =>
      event.type === "generation-end" ? [[event.generation.id, event.generation.status]] : [],
    );
  expect(ends).toEqual([
    [first.generationId, "completed"],
    [second.generationId, "completed"],
  ]);
  const { messages } = await api.snapshot(conversationId);
  expect(messages.find(({ id }) => id === second.messageId)?.parentId).toBe(first.answerId);
});

test("a prompt may say where it belongs: after any answer, or at the beginning", async ({ api }) => {
  const conversationId = randomUUID();
  const text = "count to 1, 0 ms apart";
  const [first, second] = [
    await api.answered(conversationId, text),
    await api.answered(conversationId, text),
  ];
  const branch = await api.answered(conversationId, { text, parentId: first.message.id });
  const root = await api.answered(conversationId, { text, parentId: null });
  const { messages, conversation } = await api.snapshot(conversationId);
  const parentOf = (id: string | null) => messages.find((message) => message.id === id)?.parentId;
  const promptParents = [second, branch, root].map(({ message }) => parentOf(message.parentId));
  expect(promptParents).toEqual([first.message.id, first.message.id, null]);
  expect(conversation.leafId).toBe(root.message.id);
});

test("a prompt may come in parts, with files", async ({ api }) => {
  const conversationId = randomUUID();
  const parts = [
    { type: "text", text: "count to 2, 0 ms apart" },
    { type: "file", mediaType: "text/plain", filename: "a.txt", url: "data:text/plain;base64,aGVsbG8=" },
  ];
  const { generation } = await api.answered(conversationId, { parts, model: "demo/demo" });
  expect(generation.model).toBe("demo/demo");
  expect((await api.snapshot(conversationId)).messages[0]?.parts).toEqual(parts);
});

const isChunk = (frame: Frame) => isEntry(frame) && frame.event.type === "chunk";
const lineOf = (api: Api, conversationId: string) => api.events(conversationId);

async function streamed(api: Api, conversationId: string, body: object): Promise<Frame[]> {
  const line = await api.line(messagesOf(conversationId), { body });
  expect(line.status).toBe(200);
  expect(line.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const frames = await readAll(line.frames);
  expect(frames[0]).toEqual({ kind: "retry", ms: 1000 });
  expect(frames.slice(-2)).toMatchObject([{ event: { type: "generation-end" } }, { kind: "done" }]);
  return frames;
}
