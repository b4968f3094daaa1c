import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { accounts, instance, promptCounts } from "#drizzle/accounts";
import { type Limits, UNLIMITED } from "#lib/accounts/limits";
import { addTestAccount } from "#lib/accounts/test-account";
import { testDatabase } from "#lib/database/test-database";
import type { Failure } from "#lib/errors";
import { newId } from "#lib/protocol/ids";
import { createServer } from "#lib/server";
import { adoptGuest } from "./adopt-guest.ts";
import { cancelGeneration } from "./cancel-generation.ts";
import { createConversation } from "./create-conversation.ts";
import { loadSnapshot } from "./load-snapshot.ts";
import { regenerate } from "./regenerate.ts";
import { sendPrompt } from "./send-prompt.ts";
import { testSettings, textPrompt } from "./test-server.ts";

const database = await testDatabase();
const server = createServer(testSettings(database.url));
afterAll(() => server.stop());

/** Nobody answers here: what is promised stays on its way. */
const limited = (limits: Partial<Limits>) => ({
  ...server,
  wakeWorker: () => {},
  limits: { ...UNLIMITED, ...limits },
});
const send = (deps: ReturnType<typeof limited>, accountId: string, conversationId = newId()) =>
  sendPrompt(deps, { accountId, conversationId, prompt: textPrompt("hello") });

async function countsOf(accountId: string): Promise<Record<string, number>> {
  const rows = await server.database.select().from(promptCounts).where(eq(promptCounts.accountId, accountId));
  return Object.fromEntries(rows.map(({ period, count }) => [period, count]));
}

/** As if the windows had begun earlier. */
const letPass = (accountId: string, period: "minute" | "day") =>
  server.database.execute(sql`
    update prompt_counts set started_at = started_at - ('1 ' || period)::interval
    where account_id = ${accountId} and period = ${period}`);

async function outcomes(sends: Promise<unknown>[]): Promise<{ taken: number; refused: Failure[] }> {
  const settled = await Promise.allSettled(sends);
  return {
    taken: settled.filter(({ status }) => status === "fulfilled").length,
    refused: settled.flatMap((one) => (one.status === "rejected" ? [one.reason as Failure] : [])),
  };
}

test.each([
  ["new conversations, first prompts", 0, 24],
  ["conversations that are there", 6, 4],
])(
  "as many prompts of an account are taken as may be, however many come at once: %s",
  async (_, there, each) => {
    const accountId = await addTestAccount(server.database);
    const deps = limited({ promptsPerMinute: 10, promptsPerDay: 10 });
    const known = await Promise.all(
      Array.from({ length: there }, () => createConversation(deps, { accountId, body: {} })),
    );
    const places = there > 0 ? known.map(({ conversation }) => conversation.id) : [undefined];
    const { taken, refused } = await outcomes(
      places.flatMap((place) => Array.from({ length: each }, () => send(deps, accountId, place))),
    );
    expect(taken).toBe(10);
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(["rate-limited"]));
    const { day, minute } = await countsOf(accountId);
    expect(day).toBe(10);
    // A new minute may have begun among them.
    expect(minute).toBeLessThanOrEqual(10);
  },
);

test("accounts do not count for one another", async () => {
  const [one, other] = [await addTestAccount(server.database), await addTestAccount(server.database)];
  const deps = limited({ promptsPerMinute: 1 });
  await send(deps, one);
  await expect(send(deps, one)).rejects.toMatchObject({ code: "rate-limited" });
  await send(deps, other);
});

test("a prompt that was taken is taken, however often it is sent again, and counts once", async () => {
  const accountId = await addTestAccount(server.database);
  const deps = limited({ promptsPerMinute: 2 });
  const [conversationId, prompt] = [newId(), textPrompt("hello")];
  const ask = { accountId, conversationId, prompt };
  const { sent } = await sendPrompt(deps, ask);
  await send(deps, accountId);
  await expect(send(deps, accountId)).rejects.toMatchObject({ code: "rate-limited" });
  const { taken } = await outcomes(Array.from({ length: 8 }, () => sendPrompt(deps, ask)));
  expect(taken).toBe(8);
  expect(await sendPrompt(deps, ask)).toEqual({ sent, isNew: false });
  expect(await countsOf(accountId)).toMatchObject({ minute: 2 });
});

test("a prompt that is refused leaves nothing behind, and is taken in the next minute", async () => {
  const accountId = await addTestAccount(server.database);
  const deps = limited({ promptsPerMinute: 1 });
  const first = newId();
  await send(deps, accountId, first);
  const before = await loadSnapshot(server.database, { accountId, conversationId: first });
  const elsewhere = newId();
  const refusal = send(deps, accountId, elsewhere);
  await expect(refusal).rejects.toMatchObject({ code: "rate-limited" });
  const { message, retryAfterSeconds } = (await refusal.catch((error: unknown) => error)) as Failure;
  expect(message).toMatch(/^A guest may send 1 prompt a minute\. Try again in \d+ seconds?\.$/);
  expect(retryAfterSeconds).toBeGreaterThanOrEqual(1);
  expect(retryAfterSeconds).toBeLessThanOrEqual(60);
  await expect(send(deps, accountId, first)).rejects.toMatchObject({ code: "rate-limited" });
  expect(await loadSnapshot(server.database, { accountId, conversationId: first })).toEqual(before);
  await expect(loadSnapshot(server.database, { accountId, conversationId: elsewhere })).rejects.toMatchObject(
    { code: "not-found" },
  );
  expect(await countsOf(accountId)).toEqual({ minute: 1, day: 1 });
  await letPass(accountId, "minute");
  await send(deps, accountId, elsewhere);
  expect(await countsOf(accountId)).toEqual({ minute: 1, day: 2 });
});

test("another answer counts as a prompt, and asked for again it does not", async () => {
  const accountId = await addTestAccount(server.database);
  const deps = limited({ promptsPerDay: 2 });
  const { sent } = await send(deps, accountId);
  const again = { accountId, messageId: sent.answerId, body: { id: newId() } };
  await regenerate(deps, again);
  expect((await regenerate(deps, again)).isNew).toBe(false);
  await expect(regenerate(deps, { ...again, body: { id: newId() } })).rejects.toMatchObject({
    code: "rate-limited",
    message: expect.stringMatching(
      /^A guest may send 2 prompts a day\. Try again in \d+ (second|minute|hour)s?\.$/,
    ),
  });
  expect(await countsOf(accountId)).toMatchObject({ day: 2 });
});

test("a guest may send less, and what the admin says holds instead of the settings", async () => {
  const [guest, account] = [await addTestAccount(server.database), await addTestAccount(server.database)];
  await server.database.update(accounts).set({ isGuest: false }).where(eq(accounts.id, account));
  const deps = limited({ promptsPerDay: 2, guestPromptsPerDay: 1 });
  const most = async (accountId: string) => {
    await server.database.delete(promptCounts).where(eq(promptCounts.accountId, accountId));
    let count = 0;
    while ((await outcomes([send(deps, accountId)])).taken === 1) count += 1;
    return count;
  };
  expect([await most(guest), await most(account)]).toEqual([1, 2]);
  await server.database.insert(instance).values({ promptsPerDay: 4 });
  expect([await most(guest), await most(account)]).toEqual([1, 4]);
  await server.database.update(instance).set({ guestPromptsPerDay: 3 });
  expect([await most(guest), await most(account)]).toEqual([3, 4]);
  await server.database.delete(instance);
});

test("only so many answers of an account are on their way at once, wherever they are asked for", async () => {
  const [accountId, other] = [await addTestAccount(server.database), await addTestAccount(server.database)];
  const deps = limited({ generationsAtOnce: 3 });
  // Of others there are more on their way than one account may have.
  for (let index = 0; index < 4; index += 1) await send(limited({}), other);
  const conversationId = newId();
  const one = await send(deps, accountId, conversationId);
  const { taken, refused } = await outcomes([
    ...Array.from({ length: 4 }, () => send(deps, accountId)),
    ...Array.from({ length: 4 }, () => send(deps, accountId, conversationId)),
  ]);
  expect(taken).toBe(2);
  expect(refused[0]).toMatchObject({
    code: "rate-limited",
    retryAfterSeconds: expect.any(Number),
    message: expect.stringContaining("3 answers on the way at once"),
  });
  expect(await countsOf(accountId)).toMatchObject({ day: 3 });
  await cancelGeneration(deps, { accountId, generationId: one.sent.generationId });
  expect((await outcomes([send(deps, accountId), send(deps, accountId)])).taken).toBe(1);
});

test("a guest who signs in while their first prompts go out stands in nobody's way", async () => {
  for (let turn = 0; turn < 10; turn += 1) {
    const [guestId, accountId] = [
      await addTestAccount(server.database),
      await addTestAccount(server.database),
    ];
    const deps = limited({ promptsPerMinute: 100 });
    const made = await Promise.all(
      Array.from({ length: 3 }, () => createConversation(deps, { accountId: guestId, body: {} })),
    );
    const { refused } = await outcomes([
      ...made.map(({ conversation }) => send(deps, guestId, conversation.id)),
      adoptGuest(deps, { guestId, accountId }),
    ]);
    // What was too late finds a conversation that is somebody else's by now.
    expect(refused.filter(({ code }) => code !== "not-found")).toEqual([]);
  }
});
