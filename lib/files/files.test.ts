import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { conversations, files } from "#drizzle/schema";
import { addTestAccount } from "#lib/accounts/test-account";
import { adoptGuest } from "#lib/conversations/adopt-guest";
import { changeConversation } from "#lib/conversations/change-conversation";
import { createConversation } from "#lib/conversations/create-conversation";
import { regenerate } from "#lib/conversations/regenerate";
import { sendPrompt } from "#lib/conversations/send-prompt";
import { isIdle, snapshotWhen, startTestServer, textOf } from "#lib/conversations/test-server";
import { testDatabase } from "#lib/database/test-database";
import { partOf, type StoredFile } from "#lib/protocol/file";
import { newId } from "#lib/protocol/ids";
import { deleteUnsentFiles } from "./delete-unsent.ts";
import { keepFile } from "./keep-file.ts";
import { readFile, readSentFile } from "./read-file.ts";

const MIB = 1024 * 1024;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const database = await testDatabase();
const server = startTestServer(database.url, { FILE_MAX_MB: "1", FILES_PER_ACCOUNT_MB: "2" });
afterAll(() => server.stop());

const text = (words: string) => Buffer.from(words);
const png = (bytes: number) => Buffer.from([...PNG, ...new Uint8Array(bytes - PNG.length)]);

const keep = async (accountId: string, bytes: Uint8Array, given: { id?: string; name?: string } = {}) =>
  (await keepFile(server, { accountId, name: "notes.md", bytes, ...given })).file;

async function send(
  accountId: string,
  file: StoredFile,
  given: { conversationId?: string; words?: string } = {},
) {
  const { conversationId = newId(), words = "what is this?" } = given;
  const parts = [partOf(file), { type: "text" as const, text: words }];
  const { sent } = await sendPrompt(server, { accountId, conversationId, prompt: { id: newId(), parts } });
  return { accountId, conversationId, sent };
}

const isThere = async (id: string) =>
  (await server.database.select({ id: files.id }).from(files).where(eq(files.id, id))).length > 0;

test("a file is kept once, however often it is sent", async () => {
  const accountId = await addTestAccount(server.database);
  const id = newId();
  const given = { accountId, id, name: "notes.md", bytes: text("hello") };
  const file = {
    id,
    name: "notes.md",
    mediaType: "text/plain",
    size: 5,
    url: `/api/files/${id}`,
  };
  expect(await keepFile(server, given)).toEqual({ file, isNew: true });
  expect(await keepFile(server, given)).toEqual({ file, isNew: false });
  expect(await readFile(server.database, { accountId, fileId: id })).toMatchObject(file);
  await expect(keepFile(server, { ...given, bytes: text("other words") })).rejects.toMatchObject({
    code: "id-taken",
  });
});

test("what is somebody else's is not there, and its id is not to be had", async () => {
  const [owner, stranger] = [await addTestAccount(server.database), await addTestAccount(server.database)];
  const { id } = await keep(owner, text("mine"));
  await expect(readFile(server.database, { accountId: stranger, fileId: id })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(keep(stranger, text("mine"), { id })).rejects.toMatchObject({ code: "id-taken" });
});

test("one that is too large is refused, and says what is not", async () => {
  const accountId = await addTestAccount(server.database);
  await keep(accountId, png(MIB));
  await expect(keep(accountId, png(MIB + 1))).rejects.toThrow("A file may have 1 MB.");
});

test("an account keeps so much, and never more, also when all come at once", async () => {
  const accountId = await addTestAccount(server.database);
  const kept = await Promise.allSettled([1, 2, 3, 4].map(() => keep(accountId, png(MIB))));
  expect(kept.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  await expect(keep(accountId, text("a"))).rejects.toThrow("may have 2 MB");
  await keep(await addTestAccount(server.database), png(MIB));
});

test("what is neither a picture nor a PDF nor text is refused by its name", async () => {
  const accountId = await addTestAccount(server.database);
  await expect(keep(accountId, Buffer.from([0xff, 0, 1]), { name: "a.exe" })).rejects.toThrow(
    "a.exe is neither a picture",
  );
});

test("a prompt takes its file into its conversation, and the model reads it there alone", async () => {
  const accountId = await addTestAccount(server.database);
  const file = await keep(accountId, text("# Title"));
  const fileId = file.id;
  const asked = await send(accountId, file);
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(textOf(snapshot, asked.sent.answerId)).toContain("notes.md (text, 7 bytes)");
  const { conversationId } = asked;
  expect(await readSentFile(server.database, { conversationId, fileId })).toMatchObject({ size: 7 });
  expect(await readSentFile(server.database, { conversationId: newId(), fileId })).toBeUndefined();
});

test("a picture is told to a model that cannot see it, and another answer is told the same", async () => {
  const accountId = await addTestAccount(server.database);
  const asked = await send(accountId, await keep(accountId, png(2048), { name: "cat.png" }));
  const first = await snapshotWhen(server, asked, isIdle);
  const words = textOf(first, asked.sent.answerId);
  expect(words).toContain("- cat.png (image/png, 2 KB)");
  const again = newId();
  await regenerate(server, { accountId, messageId: asked.sent.answerId, body: { id: again } });
  const second = await snapshotWhen(server, asked, (now) => isIdle(now) && textOf(now, again) !== "");
  expect(textOf(second, again)).toBe(words);
});

test("the same file goes with later prompts of its conversation, and with none of another", async () => {
  const accountId = await addTestAccount(server.database);
  const file = await keep(accountId, text("again"));
  const { conversationId } = await send(accountId, file);
  await send(accountId, file, { conversationId });
  const elsewhere = newId();
  await expect(send(accountId, file, { conversationId: elsewhere })).rejects.toThrow(
    "notes.md is not here any more, or belongs to another conversation",
  );
  const kept = server.database.select().from(conversations).where(eq(conversations.id, elsewhere));
  expect(await kept).toEqual([]);
});

test("nobody attaches a file of somebody else, and it reads as one that is not there", async () => {
  const [owner, stranger] = [await addTestAccount(server.database), await addTestAccount(server.database)];
  const file = await keep(owner, text("mine"));
  const refused = (given: StoredFile) => send(stranger, given).catch((error: Error) => error.message);
  const message = await refused(file);
  expect(message).toContain("notes.md is not here any more");
  expect(await refused({ ...file, url: `/api/files/${newId()}` })).toBe(message);
});

test("a file goes with its conversation", async () => {
  const accountId = await addTestAccount(server.database);
  const file = await keep(accountId, text("a"));
  const { conversationId } = await send(accountId, file);
  await server.database.delete(conversations).where(eq(conversations.id, conversationId));
  expect(await isThere(file.id)).toBe(false);
});

test("what was never sent goes after a day, and what was stays", async () => {
  const accountId = await addTestAccount(server.database);
  const [sent, old, young] = [
    await keep(accountId, text("a")),
    await keep(accountId, text("b")),
    await keep(accountId, text("c")),
  ];
  await send(accountId, sent);
  const yesterday = sql`now() - interval '25 hours'`;
  for (const { id } of [sent, old]) {
    await server.database.update(files).set({ createdAt: yesterday }).where(eq(files.id, id));
  }
  expect(await Array.fromAsync(deleteUnsentFiles(server.database))).toEqual([1]);
  expect(await Promise.all([sent, old, young].map(({ id }) => isThere(id)))).toEqual([true, false, true]);
});

test("what a guest uploaded and sent comes along", async () => {
  const [guestId, accountId] = [await addTestAccount(server.database), await addTestAccount(server.database)];
  const [sent, unsent] = [await keep(guestId, text("sent")), await keep(guestId, text("unsent"))];
  await send(guestId, sent);
  await adoptGuest(server, { guestId, accountId });
  for (const { id } of [sent, unsent]) {
    expect(await readFile(server.database, { accountId, fileId: id })).toMatchObject({ id });
  }
});

test("a draft is told to the conversation and not to the list, and sending clears it once", async () => {
  const accountId = await addTestAccount(server.database);
  const { conversation } = await createConversation(server, { accountId, body: {} });
  const conversationId = conversation.id;
  const heads = () =>
    server.database.execute<{ head: number }>(sql`select head from logs where log_id = ${accountId}`);
  const [before] = await heads();
  const draft = "half a thou";
  const changed = await changeConversation(server, { accountId, conversationId, change: { draft } });
  expect(changed.conversation).toEqual({ ...conversation, draft });
  expect((await heads())[0]).toEqual(before);

  const place = { accountId, conversationId };
  const asked = { ...place, prompt: { id: newId(), parts: [{ type: "text" as const, text: "count to 1" }] } };
  await sendPrompt(server, asked);
  const answered = await snapshotWhen(server, place, isIdle);
  expect(answered.conversation.draft).toBeNull();
  await changeConversation(server, { ...place, change: { draft } });
  const parentId = null;
  await sendPrompt(server, { ...place, prompt: { ...asked.prompt, id: newId(), parentId } });
  // Worded anew elsewhere: what is typed in the composer is still to be sent.
  expect((await snapshotWhen(server, place, isIdle)).conversation.draft).toBe(draft);
});
