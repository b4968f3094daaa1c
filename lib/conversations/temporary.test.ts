import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { accounts } from "#drizzle/accounts";
import { conversations, entries, generations, messages } from "#drizzle/schema";
import { addTestAccount } from "#lib/accounts/test-account";
import { testDatabase } from "#lib/database/test-database";
import { newId } from "#lib/protocol/ids";
import { createConversation } from "./create-conversation.ts";
import { deleteConversation } from "./delete-conversation.ts";
import { eraseLeft } from "./erase-left.ts";
import { TEMPORARY_KEPT_MINUTES } from "./limits.ts";
import { listConversations } from "./list-conversations.ts";
import { loadSnapshot } from "./load-snapshot.ts";
import { overseeAccounts } from "./oversee-accounts.ts";
import { restoreConversation } from "./restore-conversation.ts";
import { search } from "./search.ts";
import { sendPrompt } from "./send-prompt.ts";
import { isIdle, snapshotWhen, startTestServer, textPrompt } from "./test-server.ts";

const database = await testDatabase();
const server = startTestServer(database.url);
afterAll(() => server.stop());

const GONE = { code: "not-found" };

type Asked = { accountId: string; conversationId: string };

async function begin(text: string): Promise<Asked> {
  const [accountId, conversationId] = [await addTestAccount(server.database), newId()];
  const prompt = { ...textPrompt(text), temporary: true };
  await sendPrompt(server, { accountId, conversationId, prompt });
  return { accountId, conversationId };
}

/** How much the database still holds of it. */
const left = async ({ conversationId: id }: Asked) => ({
  rows: await server.database.$count(conversations, eq(conversations.id, id)),
  messages: await server.database.$count(messages, eq(messages.conversationId, id)),
  generations: await server.database.$count(generations, eq(generations.conversationId, id)),
  entries: (await server.database.select().from(entries).where(eq(entries.logId, id))).map(
    ({ event }) => event,
  ),
});

const NOTHING = { rows: 0, messages: 0, generations: 0, entries: [{ type: "conversation-deleted" }] };

/** As if its answers had ended so long ago. */
async function age({ conversationId }: Asked, minutes: number): Promise<void> {
  const then = sql`now() - ${minutes} * interval '1 minute'`;
  await server.database
    .update(conversations)
    .set({ updatedAt: then })
    .where(eq(conversations.id, conversationId));
  await server.database
    .update(generations)
    .set({ endedAt: sql`case when ended_at is null then null else ${then} end` })
    .where(eq(generations.conversationId, conversationId));
}

test("a temporary conversation is answered as any other, and stands in no list", async () => {
  const asked = await begin("count to 3, 1 ms apart");
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(snapshot.conversation.temporary).toBe(true);
  expect(snapshot.messages).toHaveLength(2);
  // What is there stays what it is, whatever is said of it later.
  await sendPrompt(server, { ...asked, prompt: textPrompt("count to 2, 1 ms apart") });
  expect((await snapshotWhen(server, asked, isIdle)).conversation.temporary).toBe(true);
  const { conversations: listed } = await listConversations(server.database, { ...asked, limit: 9 });
  expect([listed, await search(server.database, { ...asked, q: "count", limit: 9 })]).toEqual([[], []]);
  expect(await server.database.$count(entries, eq(entries.logId, asked.accountId))).toBe(0);
  await server.database.update(accounts).set({ isGuest: false }).where(eq(accounts.id, asked.accountId));
  const { accounts: overseen } = await overseeAccounts(server.database, { limit: 100 });
  expect(overseen).toMatchObject([{ id: asked.accountId, conversations: 0 }]);
});

test("it is erased the moment it is deleted, also while it is answered, and does not come back", async () => {
  const asked = await begin("stall after 2");
  await snapshotWhen(server, asked, ({ messages }) => JSON.stringify(messages).includes("1 2"));
  await deleteConversation(server, asked);
  expect(await left(asked)).toEqual(NOTHING);
  await expect(restoreConversation(server, asked)).rejects.toMatchObject(GONE);
  const late = sendPrompt(server, { ...asked, prompt: { ...textPrompt("hello"), temporary: true } });
  await expect(late).rejects.toMatchObject(GONE);
  expect(await server.database.$count(entries, eq(entries.logId, asked.accountId))).toBe(0);
});

test("the janitor erases those that were left, and none that somebody may still look at", async () => {
  const [abandoned, fresh, busy, lasting] = [
    await begin("count to 2, 1 ms apart"),
    await begin("count to 2, 1 ms apart"),
    await begin("stall after 1"),
    await begin("count to 2, 1 ms apart"),
  ];
  for (const asked of [abandoned, fresh, lasting]) await snapshotWhen(server, asked, isIdle);
  const accountId = await addTestAccount(server.database);
  const body = { temporary: true };
  const { conversation } = await createConversation(server, { accountId, body });
  const empty = { accountId, conversationId: conversation.id };
  await server.database
    .update(conversations)
    .set({ temporary: false })
    .where(eq(conversations.id, lasting.conversationId));
  for (const asked of [abandoned, busy, lasting, empty]) await age(asked, TEMPORARY_KEPT_MINUTES + 1);
  await age(fresh, TEMPORARY_KEPT_MINUTES - 1);
  await Array.fromAsync(eraseLeft(server));
  expect(await left(abandoned)).toEqual(NOTHING);
  expect(await left(empty)).toEqual(NOTHING);
  for (const asked of [fresh, busy, lasting]) await loadSnapshot(server.database, asked);
  await deleteConversation(server, busy);
});
