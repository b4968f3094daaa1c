import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { accounts } from "#drizzle/accounts";
import { addTestAccount } from "#lib/accounts/test-account";
import { testDatabase } from "#lib/database/test-database";
import { newId } from "#lib/protocol/ids";
import { adoptGuest } from "./adopt-guest.ts";
import { createConversation } from "./create-conversation.ts";
import { loadAccount } from "./list-conversations.ts";
import { sendPrompt } from "./send-prompt.ts";
import { ask, isIdle, snapshotWhen, startTestServer, textOf, textPrompt } from "./test-server.ts";

const database = await testDatabase();
const server = startTestServer(database.url);
afterAll(() => server.stop());

async function conversationIds(accountId: string): Promise<string[]> {
  const { conversations } = await loadAccount(server.database, accountId);
  return conversations.map(({ id }) => id);
}

const isThere = async (accountId: string) =>
  (await server.database.select().from(accounts).where(eq(accounts.id, accountId))).length > 0;

test("an answer in flight comes along, and ends where it belongs now", async () => {
  const asked = await ask(server, "count to 30, 10 ms apart");
  const guestId = asked.accountId;
  await snapshotWhen(server, asked, (snapshot) => textOf(snapshot, asked.sent.answerId).includes("3"));
  const accountId = await addTestAccount(server.database);
  await adoptGuest(server, { guestId, accountId });
  expect(await conversationIds(accountId)).toEqual([asked.conversationId]);
  expect(await isThere(guestId)).toBe(false);
  const snapshot = await snapshotWhen(server, { ...asked, accountId }, isIdle);
  expect(textOf(snapshot, asked.sent.answerId)).toMatch(/^1 2 3 .* 29 30$/);
});

test("the account's other devices are told what came", async () => {
  const [guestId, accountId] = [await addTestAccount(server.database), await addTestAccount(server.database)];
  const { conversation } = await createConversation(server, {
    accountId: guestId,
    body: { title: "Brought" },
  });
  const items = server.log.follow({
    places: [{ logId: accountId, after: 0 }],
    signal: AbortSignal.timeout(20_000),
  });
  await items.next(); // It is caught up with nothing.
  await adoptGuest(server, { guestId, accountId });
  const { value } = await items.next();
  const told =
    value?.kind === "entries" ? value.entries.map((entry: { text: string }) => JSON.parse(entry.text)) : [];
  expect(told).toMatchObject([{ type: "conversation-added", conversation: { id: conversation.id } }]);
});

test("what a guest begins while they sign in comes along or is refused, and is never left behind", async () => {
  const guestId = await addTestAccount(server.database);
  const accountId = await addTestAccount(server.database);
  const ids = Array.from({ length: 16 }, () => newId());
  const [, ...sends] = await Promise.allSettled([
    adoptGuest(server, { guestId, accountId }),
    ...ids.map((conversationId) =>
      sendPrompt(server, {
        accountId: guestId,
        conversationId,
        prompt: textPrompt("count to 1"),
      }),
    ),
  ]);
  await adoptGuest(server, { guestId, accountId }); // Should it be sent again.
  const refused = sends.filter((send) => send.status === "rejected");
  for (const { reason } of refused) expect(reason).toMatchObject({ code: "not-signed-in" });
  const accepted = ids.filter((_, index) => sends[index]?.status === "fulfilled");
  expect(new Set(await conversationIds(accountId))).toEqual(new Set(accepted));
  expect(await isThere(guestId)).toBe(false);
});
