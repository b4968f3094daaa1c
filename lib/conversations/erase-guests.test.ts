import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { accounts, apiKeys, devices } from "#drizzle/accounts";
import { conversations, entries, files } from "#drizzle/schema";
import { makeApiKey } from "#lib/accounts/api-keys";
import { addTestAccount } from "#lib/accounts/test-account";
import { testDatabase } from "#lib/database/test-database";
import { keepFile } from "#lib/files/keep-file";
import { partOf } from "#lib/protocol/file";
import { newId } from "#lib/protocol/ids";
import { deleteConversation } from "./delete-conversation.ts";
import { eraseIdleGuests } from "./erase-guests.ts";
import { loadSnapshot } from "./load-snapshot.ts";
import { sendPrompt } from "./send-prompt.ts";
import { isIdle, snapshotWhen, startTestServer } from "./test-server.ts";

const database = await testDatabase();
const server = startTestServer(database.url);
afterAll(() => server.stop());

const RETENTION_DAYS = 30;
const LONG_AGO = sql`now() - ${RETENTION_DAYS + 1} * interval '1 day'`;
const LATELY = sql`now() - ${RETENTION_DAYS - 1} * interval '1 day'`;

const pass = () => eraseIdleGuests(server, { retentionDays: RETENTION_DAYS });
const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);

/** A guest who came long ago, with as many conversations, a file in each, and the device that was last seen so. */
async function addGuest({ count = 1, lastSeenAt = LONG_AGO } = {}) {
  const accountId = await addTestAccount(server.database);
  await server.database.update(accounts).set({ createdAt: LONG_AGO }).where(eq(accounts.id, accountId));
  const device = { id: newId(), accountId, token: newId(), expiresAt: sql`now() + interval '1 year'` };
  await server.database.insert(devices).values({ ...device, lastSeenAt });
  const conversationIds: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const bytes = Buffer.from("what I attached");
    const { file } = await keepFile(server, { accountId, name: "notes.md", bytes });
    const parts = [partOf(file), { type: "text" as const, text: "count to 2, 1 ms apart" }];
    const conversationId = newId();
    await sendPrompt(server, { accountId, conversationId, prompt: { id: newId(), parts } });
    await snapshotWhen(server, { accountId, conversationId }, isIdle);
    conversationIds.push(conversationId);
  }
  return { accountId, conversationIds };
}

const left = async ({ accountId }: { accountId: string }) => ({
  account: await server.database.$count(accounts, eq(accounts.id, accountId)),
  devices: await server.database.$count(devices, eq(devices.accountId, accountId)),
  conversations: await server.database.$count(conversations, eq(conversations.accountId, accountId)),
  files: await server.database.$count(files, eq(files.accountId, accountId)),
});

const NOTHING = { account: 0, devices: 0, conversations: 0, files: 0 };

const eventsOf = async (logId: string) =>
  (await server.database.select().from(entries).where(eq(entries.logId, logId))).map(({ event }) => event);

test("a guest who was not here for so long goes with all that was theirs, and their readers are told", async () => {
  const idle = await addGuest({ count: 2 });
  const [deleted = "", open = ""] = idle.conversationIds;
  await deleteConversation(server, { ...idle, conversationId: deleted });
  const { signal } = new AbortController();
  const line = server.log.follow({ places: [{ logId: open, after: 0 }], signal });
  await line.next();
  expect(sum(await Array.fromAsync(pass()))).toBe(1);
  expect(await left(idle)).toEqual(NOTHING);
  for (const logId of idle.conversationIds)
    expect(await eventsOf(logId)).toEqual([{ type: "conversation-deleted" }]);
  for await (const item of line) {
    if (item.kind !== "entries") continue;
    expect(item.entries.at(-1)?.text).toContain("conversation-deleted");
    break;
  }
});

test("whoever signed up, was here, came lately, or has a program that asks, stays", async () => {
  const [member, seen, young, program] = [
    await addGuest(),
    await addGuest({ lastSeenAt: LATELY }),
    await addGuest(),
    await addGuest(),
  ];
  const { apiKey } = await makeApiKey(server.database, { ...program, name: "A program" });
  await server.database.update(apiKeys).set({ lastUsedAt: LATELY }).where(eq(apiKeys.id, apiKey.id));
  const change = (accountId: string, to: object) =>
    server.database.update(accounts).set(to).where(eq(accounts.id, accountId));
  await change(member.accountId, { isGuest: false });
  await change(young.accountId, { createdAt: LATELY });
  expect(await Array.fromAsync(pass())).toEqual([]);
  for (const { accountId, conversationIds } of [member, seen, young, program]) {
    await loadSnapshot(server.database, { accountId, conversationId: conversationIds[0] ?? "" });
  }
});

test("cut short, nobody sees the half of it, and the next time goes on", async () => {
  const idle = await addGuest({ count: 3 });
  for await (const count of pass()) {
    expect(count).toBe(0);
    break;
  }
  expect(await left(idle)).toEqual({ account: 1, devices: 0, conversations: 2, files: 2 });
  const [one, other] = await Promise.all([Array.fromAsync(pass()), Array.fromAsync(pass())]);
  expect(sum(one) + sum(other)).toBeGreaterThan(0);
  expect(await left(idle)).toEqual(NOTHING);
});
