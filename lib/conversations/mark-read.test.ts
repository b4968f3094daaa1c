import { afterAll, expect, test } from "vitest";
import { testDatabase } from "#lib/database/test-database";
import { readHeads } from "#lib/log/read";
import { readAll } from "#lib/log/read-all";
import type { AccountEvent } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { cancelGeneration } from "./cancel-generation.ts";
import { loadAccount } from "./list-conversations.ts";
import { markRead } from "./mark-read.ts";
import { sendPrompt } from "./send-prompt.ts";
import { ask, isIdle, snapshotWhen, startTestServer, textPrompt } from "./test-server.ts";

const database = await testDatabase();
const server = startTestServer(database.url);
afterAll(() => server.stop());

type Asked = Awaited<ReturnType<typeof ask>>;

async function isUnread({ accountId }: Asked): Promise<boolean | undefined> {
  return (await loadAccount(server.database, accountId)).conversations[0]?.unread;
}

/** What the account's log says of the mark, entry by entry. */
async function told({ accountId }: Asked): Promise<(boolean | undefined)[]> {
  const head = (await readHeads(server.database, [accountId])).get(accountId) ?? 0;
  const stored = await readAll(server.database, { logId: accountId, after: 0, head });
  return stored.map(({ text }) => {
    const event = JSON.parse(text) as AccountEvent;
    return "conversation" in event ? event.conversation.unread : undefined;
  });
}

async function ended(asked: Asked): Promise<number> {
  return (await snapshotWhen(server, asked, isIdle)).sequence;
}

for (const prompt of ["count to 3, 1 ms apart", "fail after 2"]) {
  test(`an answer to "${prompt}" is new on every device until one of them has read it`, async () => {
    const asked = await ask(server, prompt);
    expect(await isUnread(asked)).toBe(false);
    const sequence = await ended(asked);
    expect(await isUnread(asked)).toBe(true);
    await markRead(server, { ...asked, sequence });
    expect(await isUnread(asked)).toBe(false);
    await markRead(server, { ...asked, sequence });
    expect(await told(asked)).toEqual([false, true, false]);
  });
}

test("who has read only a part of it has not read it, and a late word takes nothing back", async () => {
  const asked = await ask(server, "count to 3, 1 ms apart");
  const sequence = await ended(asked);
  await markRead(server, { ...asked, sequence: sequence - 1 });
  expect(await isUnread(asked)).toBe(true);
  await markRead(server, { ...asked, sequence });
  await markRead(server, { ...asked, sequence: 1 });
  expect(await isUnread(asked)).toBe(false);
});

test("a number that is not there yet does not read what comes later", async () => {
  const asked = await ask(server, "count to 3, 1 ms apart");
  await ended(asked);
  await markRead(server, { ...asked, sequence: 1_000_000 });
  expect(await isUnread(asked)).toBe(false);
  await sendPrompt(server, { ...asked, prompt: textPrompt("count to 2, 1 ms apart") });
  await ended(asked);
  expect(await isUnread(asked)).toBe(true);
});

test("an answer that a person stopped is no news to them", async () => {
  const asked = await ask(server, "stall after 2");
  await cancelGeneration(server, { ...asked, generationId: asked.sent.generationId });
  expect(await isUnread(asked)).toBe(false);
});

test("nobody marks what is not theirs", async () => {
  const asked = await ask(server, "count to 3, 1 ms apart");
  const sequence = await ended(asked);
  const stranger = { ...asked, accountId: newId(), sequence };
  await expect(markRead(server, stranger)).rejects.toMatchObject({ code: "not-found" });
  expect(await isUnread(asked)).toBe(true);
});
