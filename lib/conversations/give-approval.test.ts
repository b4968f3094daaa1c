import { afterEach, expect, test } from "vitest";
import { addTestAccount } from "#lib/accounts/test-account";
import { testDatabase } from "#lib/database/test-database";
import { type FakeProvider, openaiEvents, startFakeProvider, stream } from "#lib/models/fake-provider";
import type { ApprovalBody } from "#lib/protocol/api";
import type { Snapshot } from "#lib/protocol/event";
import { foldEntries } from "#lib/protocol/fold";
import { newId } from "#lib/protocol/ids";
import { createServer, type Server } from "#lib/server";
import { cancelGeneration } from "./cancel-generation.ts";
import { giveApproval } from "./give-approval.ts";
import { loadSnapshot } from "./load-snapshot.ts";
import { regenerate } from "./regenerate.ts";
import { sendPrompt } from "./send-prompt.ts";
import { answerOf, askingTools, asksIn, toolsOf } from "./test-approvals.ts";
import { ask, isIdle, snapshotWhen, testSettings, textOf, textPrompt } from "./test-server.ts";

const database = await testDatabase();
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function start({ settings = {} }: { settings?: Record<string, string> } = {}) {
  const notes: string[] = [];
  const server = createServer(testSettings(database.url, { SHUTDOWN_GRACE_MS: "0", ...settings }), {
    tools: askingTools(notes),
  });
  server.start();
  ends.push(server.stop);
  return { server, notes };
}

type Asked = Awaited<ReturnType<typeof ask>> & { messageId: string; approvalIds: string[] };

/** Has a model ask something, and waits until it does. */
async function askForLeave(server: Server, text = 'call write_note {"text":"hello"}'): Promise<Asked> {
  const asked = await ask(server, text);
  const snapshot = await snapshotWhen(server, asked, isIdle);
  return { ...asked, messageId: answerOf(snapshot).id, approvalIds: asksIn(snapshot) };
}

function say(server: Server, asked: Asked, body: Partial<ApprovalBody> & { approved: boolean }) {
  const { accountId, messageId, approvalIds } = asked;
  return giveApproval(server, {
    accountId,
    messageId,
    body: { id: newId(), approvalId: approvalIds[0] ?? "", ...body },
  });
}

/** The conversation as somebody has it who was there from its first entry on. */
async function followed(server: Server, asked: Asked, until: number): Promise<Snapshot> {
  const loaded = await loadSnapshot(server.database, asked);
  const before: Snapshot = { ...loaded, messages: [], generations: [], sequence: 0 };
  const places = [{ logId: asked.conversationId, after: 0 }];
  let snapshot = before;
  for await (const item of server.log.follow({ places, signal: AbortSignal.timeout(20_000) })) {
    if (item.kind !== "entries") continue;
    const entries = item.entries.map(({ first, sequence, text }) => ({
      first,
      sequence,
      event: JSON.parse(text),
    }));
    snapshot = foldEntries(snapshot, entries);
    if (snapshot.sequence >= until) break;
  }
  return snapshot;
}

test("a tool that asks is not run, and its answer ends with the question", async () => {
  const { server, notes } = start();
  const asked = await askForLeave(server);
  const snapshot = await loadSnapshot(server.database, asked);
  expect(snapshot.generations).toMatchObject([{ status: "completed" }]);
  expect(answerOf(snapshot).parts).toMatchObject([
    { type: "step-start" },
    { type: "tool-write_note", state: "approval-requested", input: { text: "hello" } },
  ]);
  expect(notes).toEqual([]);
});

test("what is allowed is done once, and the same message goes on", async () => {
  const { server, notes } = start();
  const asked = await askForLeave(server);
  const id = newId();
  const { given, isNew } = await say(server, asked, { id, approved: true });
  expect({ given, isNew }).toEqual({
    given: { messageId: asked.messageId, approvalId: asked.approvalIds[0], approved: true, generationId: id },
    isNew: true,
  });
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(notes).toEqual(["hello"]);
  expect(snapshot.messages).toHaveLength(2);
  expect(snapshot.generations).toMatchObject([
    { messageId: asked.messageId, status: "completed" },
    { id, messageId: asked.messageId, status: "completed", attempt: 1 },
  ]);
  expect(answerOf(snapshot).parts).toMatchObject([
    { type: "step-start" },
    {
      type: "tool-write_note",
      state: "output-available",
      output: "Noted: hello",
      approval: { approved: true },
    },
    { type: "step-start" },
    { type: "text", text: "`write_note` said: Noted: hello" },
  ]);
  expect(await followed(server, asked, snapshot.sequence)).toEqual(snapshot);
});

test("what is denied is not done, and the model hears it, with the reason", async () => {
  const provider = await fakeProvider();
  provider.answer(
    stream([...openaiEvents.start, ...calls("write_note")]),
    stream([...openaiEvents.start, ...openaiEvents.text("Then not."), ...openaiEvents.end]),
  );
  const { server, notes } = start({ settings: taughtBy(provider) });
  const asked = await askForLeave(server, "note it");
  await say(server, asked, { approved: false, reason: "Not on a Sunday." });
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(notes).toEqual([]);
  expect(answerOf(snapshot).parts).toMatchObject([
    { type: "step-start" },
    { state: "output-denied", approval: { approved: false, reason: "Not on a Sunday." } },
    { type: "step-start" },
    { type: "text", text: "Then not." },
  ]);
  expect(JSON.stringify(provider.requests[1])).toContain("Not on a Sunday.");
});

test("the same answer again is the same answer, whoever gives it, and another one is refused", async () => {
  const { server, notes } = start();
  const asked = await askForLeave(server);
  const id = newId();
  const { given } = await say(server, asked, { id, approved: true });
  expect(await say(server, asked, { id, approved: true })).toEqual({ given, isNew: false });
  expect(await say(server, asked, { approved: true })).toEqual({ given, isNew: false });
  await expect(say(server, asked, { approved: false })).rejects.toMatchObject({ code: "already-answered" });
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(await say(server, asked, { id, approved: true })).toEqual({ given, isNew: false });
  expect(snapshot.generations).toHaveLength(2);
  expect(notes).toEqual(["hello"]);
});

test("of many answers at once the first one decides, and exactly one generation goes on", async () => {
  const { server, notes } = start();
  const asked = await askForLeave(server);
  const answers = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) => say(server, asked, { approved: index % 2 === 0 })),
  );
  const taken = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  expect(taken.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(taken).toHaveLength(5);
  expect(new Set(taken.map(({ given }) => JSON.stringify(given))).size).toBe(1);
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(snapshot.generations).toHaveLength(2);
  expect(notes).toHaveLength(taken[0]?.given.approved ? 1 : 0);
});

test("a message that asks twice goes on when both are answered", async () => {
  const provider = await fakeProvider();
  provider.answer(
    stream([...openaiEvents.start, ...calls("write_note", "write_note")]),
    stream([...openaiEvents.start, ...openaiEvents.text("Done."), ...openaiEvents.end]),
  );
  const { server, notes } = start({ settings: taughtBy(provider) });
  const asked = await askForLeave(server, "note it twice");
  const [first = "", second = ""] = asked.approvalIds;
  const one = await say(server, asked, { approvalId: first, approved: true });
  expect(one.given.generationId).toBeNull();
  expect(await say(server, asked, { approvalId: first, approved: true })).toEqual({ ...one, isNew: false });
  expect((await loadSnapshot(server.database, asked)).generations).toHaveLength(1);
  const id = newId();
  const other = await say(server, asked, { id, approvalId: second, approved: false });
  expect(other.given.generationId).toBe(id);
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(toolsOf(answerOf(snapshot)).map(({ state }) => state)).toEqual([
    "output-available",
    "output-denied",
  ]);
  expect(notes).toEqual(["note 0"]);
  expect(textOf(snapshot, asked.messageId)).toBe("Done.");
});

test("an answer that is still being written takes no answer yet", async () => {
  const provider = await fakeProvider();
  const { server } = start({ settings: taughtBy(provider) });
  provider.answer(stream([...openaiEvents.start, ...calls("write_note")].slice(0, -1), "silence"));
  const asked = await ask(server, "note it");
  const isThere = (snapshot: Snapshot) => toolsOf(answerOf(snapshot)).length > 0;
  const snapshot = await snapshotWhen(server, asked, isThere);
  const messageId = answerOf(snapshot).id;
  await expect(
    say(server, { ...asked, messageId, approvalIds: ["any"] }, { approved: true }),
  ).rejects.toMatchObject({ code: "still-answering" });
  // Or the next server of these tests would go on with it.
  await cancelGeneration(server, { ...asked, generationId: asked.sent.generationId });
});

test("a prompt may be sent without answering, and what was asked can be answered later", async () => {
  const provider = await fakeProvider();
  provider.answer(
    stream([...openaiEvents.start, ...calls("write_note")]),
    stream([...openaiEvents.start, ...openaiEvents.text("Never mind."), ...openaiEvents.end]),
    stream([...openaiEvents.start, ...openaiEvents.text("Noted after all."), ...openaiEvents.end]),
  );
  const { server, notes } = start({ settings: taughtBy(provider) });
  const asked = await askForLeave(server, "note it");
  await sendPrompt(server, { ...asked, prompt: textPrompt("forget it") });
  await snapshotWhen(server, asked, isIdle);
  expect(JSON.stringify(provider.requests[1])).toContain("Nobody has said whether this may be done");
  expect(notes).toEqual([]);
  await say(server, asked, { approved: true });
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(notes).toEqual(["note 0"]);
  expect(textOf(snapshot, asked.messageId)).toBe("Noted after all.");
  expect(snapshot.messages).toHaveLength(4);
});

test("nobody else may answer, and only what was asked can be", async () => {
  const { server } = start();
  const asked = await askForLeave(server);
  const other = await askForLeave(server);
  const stranger = { ...asked, accountId: await addTestAccount(server.database) };
  await expect(say(server, stranger, { approved: true })).rejects.toMatchObject({ code: "not-found" });
  await expect(say(server, { ...asked, messageId: newId() }, { approved: true })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(say(server, asked, { approvalId: "toString", approved: true })).rejects.toMatchObject({
    code: "invalid-request",
  });
  const id = other.sent.generationId;
  await expect(say(server, asked, { id, approved: true })).rejects.toMatchObject({ code: "id-taken" });
  expect(asksIn(await loadSnapshot(server.database, asked))).toEqual(asked.approvalIds);
});

test("an answer to a question counts as no prompt", async () => {
  const { server, notes } = start({ settings: { PROMPTS_PER_DAY: "1" } });
  const asked = await askForLeave(server);
  await say(server, asked, { approved: true });
  await snapshotWhen(server, asked, isIdle);
  expect(notes).toEqual(["hello"]);
});

test("whoever sends the prompt again, or asks for the same answer again, is told of its first generation", async () => {
  const { server } = start();
  const [accountId, conversationId, id] = [await addTestAccount(server.database), newId(), newId()];
  const prompt = textPrompt('call write_note {"text":"hello"}', id);
  const { sent } = await sendPrompt(server, { accountId, conversationId, prompt });
  await snapshotWhen(server, { accountId, conversationId }, isIdle);
  const again = { id: newId() };
  const made = await regenerate(server, { accountId, messageId: sent.answerId, body: again });
  for (const { answerId } of [sent, made.sent]) {
    const snapshot = await snapshotWhen(server, { accountId, conversationId }, isIdle);
    const tool = toolsOf(snapshot.messages.find((message) => message.id === answerId) ?? { parts: [] })[0];
    const body = { id: newId(), approvalId: tool?.approval?.id ?? "", approved: true };
    await giveApproval(server, { accountId, messageId: answerId, body });
  }
  await snapshotWhen(server, { accountId, conversationId }, isIdle);
  expect((await sendPrompt(server, { accountId, conversationId, prompt })).sent).toEqual(sent);
  expect((await regenerate(server, { accountId, messageId: sent.answerId, body: again })).sent).toEqual(
    made.sent,
  );
});

async function fakeProvider(): Promise<FakeProvider> {
  const provider = await startFakeProvider();
  ends.push(provider.stop);
  return provider;
}

const taughtBy = (provider: FakeProvider) => ({
  OPENAI_API_KEY: "key",
  OPENAI_BASE_URL: provider.url,
  DEFAULT_MODEL: "openai/gpt-6-astra",
});

function calls(...names: string[]): object[] {
  const items = names.map((name, index) => ({
    type: "function_call",
    id: `fc_${index}`,
    call_id: `call_${index}`,
    name,
    arguments: JSON.stringify({ text: `note ${index}` }),
  }));
  return [
    ...items.flatMap((item, index) => [
      { type: "response.output_item.added", output_index: index, item: { ...item, arguments: "" } },
      { type: "response.output_item.done", output_index: index, item: { ...item, status: "completed" } },
    ]),
    { type: "response.completed", response: { id: "resp_1", usage: { input_tokens: 3, output_tokens: 2 } } },
  ];
}
