import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { conversations } from "#drizzle/schema";
import { addTestAccount } from "#lib/accounts/test-account";
import { testDatabase } from "#lib/database/test-database";
import { readAll } from "#lib/log/read-all";
import type { ConversationEntry, Snapshot } from "#lib/protocol/event";
import { exportOf, type ImportInput, importBody } from "#lib/protocol/exported";
import { foldEntries } from "#lib/protocol/fold";
import { newId } from "#lib/protocol/ids";
import { deleteConversation } from "./delete-conversation.ts";
import { exportAccount } from "./export-account.ts";
import { importConversation } from "./import-conversation.ts";
import { listConversations, loadAccount } from "./list-conversations.ts";
import { loadSnapshot } from "./load-snapshot.ts";
import { sendPrompt } from "./send-prompt.ts";
import { ask, isIdle, snapshotWhen, startTestServer, textOf, textPrompt } from "./test-server.ts";

const database = await testDatabase();
const server = startTestServer(database.url);
afterAll(() => server.stop());

const TIME = "2024-02-03T04:05:06.000Z";
const LATER = "2024-03-04T05:06:07.000Z";

type InputMessage = ImportInput["messages"][number];
const says = (
  id: string,
  parentId: string | null,
  text: string,
  role: InputMessage["role"],
): InputMessage => ({
  id,
  parentId,
  role,
  parts: [{ type: "text", text }],
  createdAt: TIME,
});

const input = (
  messages: InputMessage[],
  conversation: Partial<ImportInput["conversation"]> = {},
): ImportInput => ({
  type: "rejoin-conversation",
  version: 1,
  conversation: { id: newId(), title: "Of  old\n", createdAt: TIME, updatedAt: LATER, ...conversation },
  messages,
});

const branched = [
  says("1", null, "who was first", "user"),
  says("2", "1", "Ada", "assistant"),
  says("3", "1", "Grace", "assistant"),
  says("4", "2", "and then", "user"),
];

async function take(given: ImportInput, accountId?: string) {
  const owner = accountId ?? (await addTestAccount(server.database));
  const body = importBody.parse(given);
  const taken = await importConversation(server, { accountId: owner, body, now: new Date() });
  return { accountId: owner, conversationId: taken.conversation.id, ...taken };
}

const load = (place: { accountId: string; conversationId: string }) => loadSnapshot(server.database, place);

test("a conversation is taken in whole, at its own date, and is the fold of its log", async () => {
  const taken = await take(input(branched, { leafId: "3", pinned: true, instructions: "Be brief." }));
  const snapshot = await load(taken);
  expect(taken.isNew).toBe(true);
  expect(snapshot.conversation).toMatchObject({
    title: "Of old",
    pinned: true,
    instructions: "Be brief.",
    createdAt: TIME,
    updatedAt: LATER,
    leafId: snapshot.messages[2]?.id,
  });
  // The prompt that nobody answered has an empty answer.
  expect(snapshot.messages.map(({ role }) => role)).toEqual([
    "user",
    "assistant",
    "assistant",
    "user",
    "assistant",
  ]);
  expect(snapshot.messages.every(({ createdAt }) => createdAt === TIME)).toBe(true);
  const place = { logId: taken.conversationId, after: 0, head: snapshot.sequence };
  const entries = (await readAll(server.database, place)).map(
    ({ text, ...numbers }): ConversationEntry => ({ ...numbers, event: JSON.parse(text) }),
  );
  const empty: Snapshot = { ...snapshot, messages: [], generations: [], sequence: 0 };
  expect(foldEntries(empty, entries)).toEqual(snapshot);
  const { conversations } = await loadAccount(server.database, taken.accountId);
  expect(conversations).toMatchObject([{ id: taken.conversationId, updatedAt: LATER, unread: false }]);
});

test("the same conversation again is the one there is, also at the same moment, and another account's is another", async () => {
  const given = input(branched);
  const accountId = await addTestAccount(server.database);
  const [one, other] = await Promise.all([take(given, accountId), take(given, accountId)]);
  expect([one.isNew, other.isNew].sort()).toEqual([false, true]);
  expect(one.conversationId).toBe(other.conversationId);
  const before = await load(one);
  expect((await take(given, accountId)).isNew).toBe(false);
  expect(await load(one)).toEqual(before);
  const elsewhere = await take(given);
  expect(elsewhere.isNew).toBe(true);
  expect(elsewhere.conversationId).not.toBe(one.conversationId);
});

test("who deleted it and takes it in again has it again", async () => {
  const given = input(branched);
  const taken = await take(given);
  await deleteConversation(server, taken);
  const again = await take(given, taken.accountId);
  expect(again.isNew).toBe(true);
  expect(again.conversationId).not.toBe(taken.conversationId);
  expect((await take(given, taken.accountId)).conversationId).toBe(again.conversationId);
  // Gone, and not erased yet.
  const isIt = eq(conversations.id, again.conversationId);
  await server.database.update(conversations).set({ deletedAt: sql`now()` }).where(isIt);
  const oncemore = await take(given, taken.accountId);
  expect(oncemore.isNew).toBe(true);
  expect(oncemore.conversationId).not.toBe(again.conversationId);
});

test("it goes on from any of its ends, and its words are found", async () => {
  const taken = await take(input(branched));
  const { messages } = await load(taken);
  for (const end of messages.filter(({ id }) => !messages.some(({ parentId }) => parentId === id))) {
    const prompt = { ...textPrompt("count to 2, 0 ms apart"), parentId: end.id };
    const { sent } = await sendPrompt(server, { ...taken, prompt });
    const after = await snapshotWhen(server, taken, isIdle);
    expect(textOf(after, sent.answerId)).toBe("1 2");
  }
  const found = await listConversations(server.database, {
    accountId: taken.accountId,
    limit: 10,
    search: "Grace",
  });
  expect(found.conversations.map(({ id }) => id)).toEqual([taken.conversationId]);
});

test("what is written down here comes back, all branches of it, and is there already while it is", async () => {
  const asked = await ask(server, "think 3, then what time is it");
  const before = await snapshotWhen(server, asked, isIdle);
  const written = JSON.parse(JSON.stringify(exportOf(before)));
  expect((await take(written, asked.accountId)).conversationId).toBe(asked.conversationId);
  const elsewhere = await load(await take(written));
  const seen = ({ messages }: Snapshot) => messages.map(({ role, createdAt }) => ({ role, createdAt }));
  expect(seen(elsewhere)).toEqual(seen(before));
  expect(textOf(elsewhere, elsewhere.conversation.leafId ?? "")).toBe(textOf(before, asked.sent.answerId));
  const call = elsewhere.messages[1]?.parts.find(({ type }) => type === "tool-current_time");
  expect(call).toMatchObject({ state: "output-available", output: expect.anything() });
});

test("all of an account is written down, and nothing of anybody else's", async () => {
  const accountId = await addTestAccount(server.database);
  const ids = [];
  for (const title of ["One", "Two", "Three"])
    ids.push((await take(input(branched, { title }), accountId)).conversationId);
  await take(input(branched));
  const written = await Array.fromAsync(exportAccount(server.database, { accountId }));
  expect(written.map(({ conversation }) => conversation.id)).toEqual(ids.sort());
  expect(written.every(({ messages }) => messages.length === 5)).toBe(true);
});

describe("what cannot be taken in is refused by name, and nothing of it stays:", () => {
  test.each([
    ["an id twice", [says("1", null, "", "user"), says("1", null, "", "user")], "messages.1.id"],
    ["a parent that comes later", [says("1", "2", "", "user")], "messages.0.parentId"],
    [
      "a prompt to a prompt",
      [says("1", null, "", "user"), says("2", "1", "", "user")],
      "messages.1.parentId",
    ],
    ["an answer to nothing", [says("1", null, "", "assistant")], "messages.0.parentId"],
    ["an answer to itself", [says("1", "1", "", "assistant")], "messages.0.parentId"],
  ])("%s", async (_, messages, path) => {
    const accountId = await addTestAccount(server.database);
    await expect(take(input(messages as InputMessage[]), accountId)).rejects.toMatchObject({
      code: "invalid-request",
      message: expect.stringContaining(path),
    });
    expect((await loadAccount(server.database, accountId)).conversations).toEqual([]);
  });

  test("a branch to show that is none", async () => {
    await expect(take(input(branched, { leafId: "9" }))).rejects.toMatchObject({
      message: expect.stringContaining("conversation.leafId"),
    });
  });
});

test("what is hostile is stored as it can be: no NUL, no unknown part, no file of anybody, no time to come", async () => {
  const url = `/api/files/${newId()}`;
  const parts = [
    { type: "text", text: "a\0b\ud800" },
    { type: "file", mediaType: "image/png", url, filename: "photo.png" },
    { type: "file", mediaType: "image/png", url: "javascript:alert(1)" },
    { type: "data-anything", data: {} },
    { type: "text", text: "kept", providerMetadata: { openai: { itemId: "1" } } },
  ];
  const given = input([{ ...says("1", null, "", "user"), parts }], { updatedAt: "2999-01-01T00:00:00Z" });
  const snapshot = await load(await take(given));
  expect(snapshot.messages[0]?.parts).toEqual([
    { type: "text", text: "a\ufffdb\ufffd" },
    { type: "text", text: "[photo.png]" },
    { type: "text", text: "kept" },
  ]);
  expect(Date.parse(snapshot.conversation.updatedAt)).toBeLessThanOrEqual(Date.now());
  for (const createdAt of ["0000-01-01T00:00:00Z", "1969-01-01T00:00:00Z", "yesterday"]) {
    expect(importBody.safeParse(input(branched, { createdAt })).success).toBe(false);
  }
});

test("a long conversation is taken in at once", async () => {
  const messages = Array.from({ length: 3_000 }, (_, index) =>
    says(
      String(index),
      index === 0 ? null : String(index - 1),
      "words",
      index % 2 === 0 ? "user" : "assistant",
    ),
  );
  const taken = await take(input(messages));
  expect((await load(taken)).messages).toHaveLength(3_000);
});
