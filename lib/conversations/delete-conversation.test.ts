import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { accounts } from "#drizzle/accounts";
import { conversations, entries, messages } from "#drizzle/schema";
import { addTestAccount } from "#lib/accounts/test-account";
import { testDatabase } from "#lib/database/test-database";
import type { FollowItem } from "#lib/log/follow";
import { newId } from "#lib/protocol/ids";
import { adoptGuest } from "./adopt-guest.ts";
import { changeConversation } from "./change-conversation.ts";
import { createConversation } from "./create-conversation.ts";
import { deleteConversation } from "./delete-conversation.ts";
import { eraseLeft } from "./erase-left.ts";
import { RESTORABLE_HOURS } from "./limits.ts";
import { listConversations, loadAccount } from "./list-conversations.ts";
import { loadSnapshot } from "./load-snapshot.ts";
import { overseeAccounts } from "./oversee-accounts.ts";
import { regenerate } from "./regenerate.ts";
import { restoreConversation } from "./restore-conversation.ts";
import { sendPrompt } from "./send-prompt.ts";
import { ask, isIdle, snapshotWhen, startTestServer, textOf, textPrompt } from "./test-server.ts";

const database = await testDatabase();
const server = startTestServer(database.url);
afterAll(() => server.stop());

const GONE = { code: "not-found" };

type Asked = Awaited<ReturnType<typeof ask>>;

/** What a reader is told first who comes back with a number. */
async function told(logId: string, after: number): Promise<FollowItem | undefined> {
  const items = server.log.follow({ places: [{ logId, after }], signal: AbortSignal.timeout(20_000) });
  const { value } = await items.next();
  await items.return(undefined);
  return value;
}

const eventsIn = (item: FollowItem | undefined) =>
  item?.kind === "entries" ? item.entries.map(({ text }) => JSON.parse(text)) : [];

const listed = async (accountId: string) =>
  (await loadAccount(server.database, accountId)).conversations.map(({ id }) => id);

async function age({ conversationId }: Asked, hours: number): Promise<void> {
  await server.database
    .update(conversations)
    .set({ deletedAt: sql`now() - ${hours} * interval '1 hour'` })
    .where(eq(conversations.id, conversationId));
}

const stored = async ({ conversationId }: Asked) => ({
  rows: await server.database.$count(conversations, eq(conversations.id, conversationId)),
  messages: await server.database.$count(messages, eq(messages.conversationId, conversationId)),
  entries: await server.database.$count(entries, eq(entries.logId, conversationId)),
});

test("what is deleted is found by nobody, and comes back with all that was said until then", async () => {
  const asked = await ask(server, "stall after 2");
  await snapshotWhen(server, asked, (snapshot) => textOf(snapshot, asked.sent.answerId) === "1 2");
  const queued = await sendPrompt(server, { ...asked, prompt: textPrompt("count to 3, 1 ms apart") });
  await deleteConversation(server, asked);

  await expect(loadSnapshot(server.database, asked)).rejects.toMatchObject(GONE);
  await expect(deleteConversation(server, asked)).rejects.toMatchObject(GONE);
  await expect(changeConversation(server, { ...asked, change: { pinned: true } })).rejects.toMatchObject(
    GONE,
  );
  await expect(sendPrompt(server, { ...asked, prompt: textPrompt("hello") })).rejects.toMatchObject(GONE);
  const body = { id: asked.conversationId };
  await expect(createConversation(server, { ...asked, body })).rejects.toMatchObject(GONE);
  const again = regenerate(server, { ...asked, messageId: asked.sent.answerId, body: { id: newId() } });
  await expect(again).rejects.toMatchObject(GONE);
  expect(await listed(asked.accountId)).toEqual([]);
  const { conversations: found } = await listConversations(server.database, {
    ...asked,
    limit: 9,
    search: "stall",
  });
  expect(found).toEqual([]);
  await server.database.update(accounts).set({ isGuest: false }).where(eq(accounts.id, asked.accountId));
  const { accounts: overseen } = await overseeAccounts(server.database, { limit: 100 });
  expect(overseen).toMatchObject([{ id: asked.accountId, conversations: 0 }]);

  await restoreConversation(server, asked);
  const snapshot = await loadSnapshot(server.database, asked);
  expect(textOf(snapshot, asked.sent.answerId)).toBe("1 2");
  expect(snapshot.generations.map(({ id, status }) => [id, status])).toEqual([
    [asked.sent.generationId, "cancelled"],
    [queued.sent.generationId, "cancelled"],
  ]);
  expect(await listed(asked.accountId)).toEqual([asked.conversationId]);
  const next = await sendPrompt(server, { ...asked, prompt: textPrompt("count to 4, 1 ms apart") });
  expect(textOf(await snapshotWhen(server, asked, isIdle), next.sent.answerId)).toBe("1 2 3 4");
});

test("a reader who was away while it was deleted and brought back loads a snapshot, and hears of neither", async () => {
  const asked = await ask(server, "count to 3, 1 ms apart");
  const { sequence } = await snapshotWhen(server, asked, isIdle);
  // Somebody follows all the time, so that this process remembers what it told.
  const place = { logId: asked.conversationId, after: sequence };
  const all: unknown[] = [];
  const following = (async () => {
    for await (const item of server.log.follow({ places: [place], signal: AbortSignal.timeout(20_000) })) {
      all.push(...eventsIn(item));
      if (all.length === 2) return;
    }
  })();
  await deleteConversation(server, asked);
  expect(eventsIn(await told(asked.conversationId, sequence))).toEqual([{ type: "conversation-deleted" }]);
  await restoreConversation(server, asked);
  expect(await told(asked.conversationId, sequence)).toMatchObject({ kind: "reset", sequence: sequence + 2 });
  expect(eventsIn(await told(asked.conversationId, sequence + 1))).toMatchObject([
    { type: "conversation-changed" },
  ]);
  await following;
  expect(all).toMatchObject([{ type: "conversation-deleted" }, { type: "conversation-changed" }]);
  expect(await told(asked.conversationId, sequence)).toMatchObject({ kind: "reset" });
});

test("bringing back is for its owner, may be asked for again, and tells the list once", async () => {
  const asked = await ask(server, "count to 2, 1 ms apart");
  await snapshotWhen(server, asked, isIdle);
  const stranger = { ...asked, accountId: await addTestAccount(server.database) };
  await deleteConversation(server, asked);
  await expect(restoreConversation(server, stranger)).rejects.toMatchObject(GONE);
  const { conversation } = await restoreConversation(server, asked);
  expect(await restoreConversation(server, asked)).toEqual({ conversation });
  await expect(restoreConversation(server, stranger)).rejects.toMatchObject(GONE);
  await expect(restoreConversation(server, { ...asked, conversationId: newId() })).rejects.toMatchObject(
    GONE,
  );
  const told = await server.database
    .select({ event: entries.event })
    .from(entries)
    .where(eq(entries.logId, asked.accountId))
    .orderBy(entries.sequence);
  expect(told.map(({ event }) => (event as { type: string }).type).slice(-2)).toEqual([
    "conversation-deleted",
    "conversation-added",
  ]);
});

test("after a day it is erased, and nobody brings it back who still has its id", async () => {
  const [late, young] = [
    await ask(server, "count to 2, 1 ms apart"),
    await ask(server, "count to 2, 1 ms apart"),
  ];
  for (const asked of [late, young]) {
    await snapshotWhen(server, asked, isIdle);
    await deleteConversation(server, asked);
  }
  await age(late, RESTORABLE_HOURS + 0.01);
  await age(young, RESTORABLE_HOURS - 0.01);
  await expect(restoreConversation(server, late)).rejects.toMatchObject(GONE);
  await Array.fromAsync(eraseLeft(server));
  expect(await stored(late)).toEqual({ rows: 0, messages: 0, entries: 1 });
  expect((await stored(young)).messages).toBe(2);
  await restoreConversation(server, young);
  await expect(sendPrompt(server, { ...late, prompt: textPrompt("hello") })).rejects.toMatchObject(GONE);
  const body = { id: late.conversationId };
  await expect(createConversation(server, { ...late, body })).rejects.toMatchObject(GONE);
});

test("what a guest deleted comes along when they sign in, and can be brought back there", async () => {
  const asked = await ask(server, "count to 2, 1 ms apart");
  await snapshotWhen(server, asked, isIdle);
  await deleteConversation(server, asked);
  const accountId = await addTestAccount(server.database);
  await adoptGuest(server, { guestId: asked.accountId, accountId });
  expect(await listed(accountId)).toEqual([]);
  expect(await told(accountId, 0)).toMatchObject({ kind: "caught-up", sequence: 0 });
  await restoreConversation(server, { ...asked, accountId });
  expect(await listed(accountId)).toEqual([asked.conversationId]);
});
