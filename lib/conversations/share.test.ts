import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { accounts } from "#drizzle/accounts";
import { conversations, files } from "#drizzle/schema";
import { testDatabase } from "#lib/database/test-database";
import { shareFrames } from "#lib/http/log-frames";
import { addressOfFile } from "#lib/protocol/file";
import { newId } from "#lib/protocol/ids";
import { shareTokenOf } from "#lib/protocol/share-token";
import { changeConversation } from "./change-conversation.ts";
import { deleteConversation } from "./delete-conversation.ts";
import { followShare, readSharePage, type ShareItem } from "./follow-share.ts";
import { loadShare } from "./load-share.ts";
import { loadSharedFile } from "./load-shared-file.ts";
import { regenerate } from "./regenerate.ts";
import { sendPrompt } from "./send-prompt.ts";
import { shareConversation, unshareConversation } from "./share-conversation.ts";
import { openShares } from "./shared.ts";
import { ask, isIdle, snapshotWhen, startTestServer, textPrompt } from "./test-server.ts";

const database = await testDatabase();
const server = startTestServer(database.url);
afterAll(() => server.stop());

const newToken = () => shareTokenOf((bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
const nobody = new AbortController().signal;

/** A conversation that was answered, and its link. */
async function shareOf(text = "count to 3, 0 ms apart") {
  const asked = await ask(server, text);
  await snapshotWhen(server, asked, isIdle);
  return { ...asked, shareToken: await shareConversation(server, { ...asked, newToken }) };
}

const isNotThere = { code: "not-found" };

test("a link is made once, every device hears of it, and it is taken back", async () => {
  const { shareToken, ...asked } = await shareOf();
  expect(shareToken).toMatch(/^[\w-]{43}$/);
  expect(await shareConversation(server, { ...asked, newToken })).toBe(shareToken);
  const told = await snapshotWhen(
    server,
    asked,
    ({ conversation }) => conversation.shareToken === shareToken,
  );
  await unshareConversation(server, asked);
  await unshareConversation(server, asked);
  const after = await snapshotWhen(server, asked, ({ conversation }) => conversation.shareToken === null);
  expect(after.sequence).toBe(told.sequence + 1);
  await expect(loadShare(server.database, shareToken)).rejects.toMatchObject(isNotThere);
});

test("a link is the owner's to make, and not for what is temporary", async () => {
  const asked = await ask(server, "count to 1");
  const { accountId } = await ask(server, "count to 1");
  const { conversationId } = asked;
  await expect(shareConversation(server, { accountId, conversationId, newToken })).rejects.toMatchObject(
    isNotThere,
  );
  await expect(unshareConversation(server, { accountId, conversationId })).rejects.toMatchObject(isNotThere);
  await server.database
    .update(conversations)
    .set({ temporary: true })
    .where(eq(conversations.id, conversationId));
  await expect(shareConversation(server, { ...asked, newToken })).rejects.toMatchObject({
    code: "not-allowed",
  });
});

test("a link leads nowhere once its conversation is deleted or its account is disabled", async () => {
  const [gone, left] = [await shareOf(), await shareOf()];
  const links = [gone.shareToken, left.shareToken, "never made"];
  expect(await openShares(server.database, links)).toEqual(new Set(links.slice(0, 2)));
  await deleteConversation(server, gone);
  await expect(loadShare(server.database, gone.shareToken)).rejects.toMatchObject(isNotThere);
  await server.database
    .update(accounts)
    .set({ disabledAt: sql`now()` })
    .where(eq(accounts.id, left.accountId));
  await expect(loadShare(server.database, left.shareToken)).rejects.toMatchObject(isNotThere);
  expect(await openShares(server.database, links)).toEqual(new Set());
});

test("whoever reads along sees an answer grow, another one take its place, and the link go", async () => {
  const { shareToken, ...asked } = await shareOf();
  const view = await loadShare(server.database, shareToken);
  await changeConversation(server, { ...asked, change: { instructions: "nobody else's" } });
  const items = await followShare(server, { shareToken, after: view.sequence, signal: nobody });
  await sendPrompt(server, { ...asked, prompt: textPrompt("count to 5, 0 ms apart") });
  let told = "";
  const until = async (isSo: (item: ShareItem) => boolean) => {
    for (;;) {
      const { value, done } = await items.next();
      if (done) throw new Error(`the line ended; it said ${told}`);
      told += JSON.stringify(value);
      if (isSo(value)) return;
    }
  };
  const says = (item: ShareItem, type: string) =>
    item.kind === "entries" && item.entries.some(({ text }) => text.startsWith(`{"type":"${type}"`));
  await until((item) => says(item, "generation-end"));
  await regenerate(server, { ...asked, messageId: asked.sent.answerId, body: { id: newId() } });
  await until(({ kind }) => kind === "reset");
  const beside = await loadShare(server.database, shareToken);
  expect(beside.messages).toHaveLength(2);
  expect(JSON.stringify(beside)).not.toContain(asked.sent.answerId);
  await unshareConversation(server, asked);
  await until(({ kind }) => kind === "over");
  expect(told).toContain("1 2 3 4 5");
  expect(told).not.toMatch(/nobody else's|shareToken|draft/);
  expect((await items.next()).done).toBe(true);
});

test("a page holds what came, waits for more, and ends with the link", async () => {
  const { shareToken, ...asked } = await shareOf();
  const { sequence } = await loadShare(server.database, shareToken);
  const page = (after: number, waitMs = 0) =>
    readSharePage(server, { shareToken, after, waitMs, leave: nobody });
  expect(await page(0)).toMatchObject({ entries: [], sequence, reset: true });
  expect(await page(sequence + 5)).toMatchObject({ sequence, reset: true });
  expect(await page(sequence)).toEqual({ entries: [], sequence, generating: false });
  const waiting = page(sequence, 10_000);
  await changeConversation(server, { ...asked, change: { title: "Numbers" } });
  const { entries } = await waiting;
  expect(entries.map(({ text }) => JSON.parse(text).conversation.title)).toEqual(["Numbers"]);
  const ending = page(sequence + 1, 10_000);
  await unshareConversation(server, asked);
  await expect(ending).rejects.toMatchObject(isNotThere);
});

test("a line by a link says goodbye when the link is taken back, and when the conversation is deleted", async () => {
  for (const [end, goodbye] of [
    [unshareConversation, "share-ended"],
    [deleteConversation, "conversation-deleted"],
  ] as const) {
    const { shareToken, ...asked } = await shareOf();
    const { sequence } = await loadShare(server.database, shareToken);
    const frames = shareFrames(await followShare(server, { shareToken, after: sequence, signal: nobody }));
    expect((await frames.next()).value).toContain("caught-up");
    await end(server, asked);
    const said = (await Array.fromAsync(frames)).join("");
    expect(said).toMatch(new RegExp(`event: bye\\ndata: \\{"reason":"${goodbye}","retryMs":0\\}\\n\\n$`));
  }
});

test("a file is shown if it stands in the shown branch and was sent in this conversation", async () => {
  const shared = await shareOf();
  const other = await ask(server, "count to 1");
  const file = async (conversationId: string, accountId: string) => {
    const id = newId();
    const bytes = new TextEncoder().encode("words");
    const row = { id, accountId, conversationId, name: "a.txt", mediaType: "text/plain", size: 5, bytes };
    await server.database.insert(files).values(row);
    return id;
  };
  const [own, unsaid, foreign] = [
    await file(shared.conversationId, shared.accountId),
    await file(shared.conversationId, shared.accountId),
    await file(other.conversationId, other.accountId),
  ];
  const parts = [own, foreign].map((id) => ({
    type: "file",
    mediaType: "text/plain",
    url: addressOfFile(id),
  }));
  await server.database.execute(
    sql`update messages set parts = ${JSON.stringify(parts)}::jsonb where id = ${shared.sent.answerId}`,
  );
  const read = (fileId: string) => loadSharedFile(server.database, { shareToken: shared.shareToken, fileId });
  expect(await read(own)).toMatchObject({ name: "a.txt" });
  await expect(read(unsaid)).rejects.toMatchObject(isNotThere);
  await expect(read(foreign)).rejects.toMatchObject(isNotThere);
});
