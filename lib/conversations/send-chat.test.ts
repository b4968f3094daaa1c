import { afterAll, expect, test } from "vitest";
import { addTestAccount } from "#lib/accounts/test-account";
import { testDatabase } from "#lib/database/test-database";
import { chatBody } from "#lib/protocol/chat";
import type { Snapshot } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { pathTo } from "#lib/protocol/path";
import { cancelGeneration } from "./cancel-generation.ts";
import { findInFlight } from "./find-in-flight.ts";
import { loadSnapshot } from "./load-snapshot.ts";
import { sendChat } from "./send-chat.ts";
import { isIdle, snapshotWhen, startTestServer, textOf } from "./test-server.ts";

const database = await testDatabase();
const server = startTestServer(database.url);
afterAll(() => server.stop());

const ONE = "count to 1, 0 ms apart";
const TWO = "count to 2, 0 ms apart";
const THREE = "count to 3, 0 ms apart";
const says = (id: string, text: string) => ({ id, role: "user", parts: [{ type: "text", text }] });
const answer = (id: string) => ({
  id,
  role: "assistant",
  parts: [{ type: "text", text: "what a client has" }],
});

/** Somebody whose client names things by its own ids. */
async function client({ id = "a chat" } = {}) {
  const accountId = await addTestAccount(server.database);
  const ask = (body: object) => sendChat(server, { accountId, body: chatBody.parse({ id, ...body }) });
  return {
    accountId,
    ask,
    /** Asks, and waits until all is answered. */
    async answered(body: object) {
      const asked = await ask(body);
      const { conversationId } = asked;
      return { ...asked, snapshot: await snapshotWhen(server, { accountId, conversationId }, isIdle) };
    },
  };
}

const shown = ({ messages, conversation }: Snapshot) =>
  pathTo(messages, conversation.leafId).map(({ parts }) =>
    parts.map((part) => ("text" in part ? part.text : "")).join(""),
  );

test("two accounts with the same ids have two conversations", async () => {
  const [one, two] = [await client(), await client()];
  const first = await one.answered({ messages: [says("1", ONE)] });
  const second = await two.answered({ messages: [says("1", TWO)] });
  expect(second.conversationId).not.toBe(first.conversationId);
  expect(shown(first.snapshot)).toEqual([ONE, "1"]);
  expect(shown(second.snapshot)).toEqual([TWO, "1 2"]);
});

test("the same request again is the same answer, in flight and after it", async () => {
  const { ask, answered } = await client();
  const body = { messages: [says("1", "count to 5, 5 ms apart")] };
  const asked = await Promise.all([ask(body), ask(body), ask(body)]);
  const { snapshot, ...again } = await answered(body);
  for (const one of asked) expect(one).toEqual(again);
  expect(snapshot.generations).toHaveLength(1);
});

test("what follows stands after the answer that the client has", async () => {
  const { answered } = await client();
  const first = await answered({ messages: [says("1", ONE)] });
  const second = await answered({ messages: [says("1", ONE), answer(first.answerId), says("2", TWO)] });
  expect(shown(second.snapshot)).toEqual([ONE, "1", TWO, "1 2"]);
  const short = await answered({ message: says("3", THREE) });
  expect(shown(short.snapshot)).toEqual([ONE, "1", TWO, "1 2", THREE, "1 2 3"]);
});

test("what a client says of older messages is not believed, and what is not known here is passed over", async () => {
  const { answered } = await client();
  await answered({ messages: [answer("a greeting"), says("1", ONE)] });
  const { snapshot } = await answered({
    messages: [answer("a greeting"), says("1", ONE), answer("of an older visit"), says("2", TWO)],
  });
  expect(shown(snapshot)).toEqual([ONE, "1", TWO, "1 2"]);
});

test("an edit stands beside what it changes, and what follows stands after the edit", async () => {
  const { answered } = await client();
  const first = await answered({ messages: [says("1", ONE)] });
  const second = await answered({ messages: [says("1", ONE), answer(first.answerId), says("2", TWO)] });
  const edit = { messages: [says("1", ONE), answer(first.answerId), says("2", THREE)], messageId: "2" };
  const edited = await answered(edit);
  expect(shown(edited.snapshot)).toEqual([ONE, "1", THREE, "1 2 3"]);
  expect(textOf(edited.snapshot, second.answerId), "nothing is overwritten").toBe("1 2");
  const again = await answered(edit);
  expect(again.answerId).toBe(edited.answerId);
  // The client's list now has the edit under the old id, and may not have got its answer.
  const after = await answered({
    messages: [says("1", ONE), answer(first.answerId), says("2", THREE), says("3", TWO)],
  });
  expect(shown(after.snapshot)).toEqual([ONE, "1", THREE, "1 2 3", TWO, "1 2"]);
});

test("an edit of the first message begins a new branch", async () => {
  const { answered } = await client();
  const first = await answered({ messages: [says("1", ONE)] });
  await answered({ messages: [says("1", ONE), answer(first.answerId), says("2", TWO)] });
  const edited = await answered({ messages: [says("1", THREE)], messageId: "1" });
  expect(shown(edited.snapshot)).toEqual([THREE, "1 2 3"]);
  expect(edited.snapshot.messages).toHaveLength(6);
});

test("another answer stands beside the old one, once for each request", async () => {
  const { ask, answered } = await client();
  const first = await answered({ messages: [says("1", ONE)] });
  const again = { messages: [says("1", ONE)], trigger: "regenerate-message", messageId: first.answerId };
  const asked = await Promise.all([ask(again), ask(again)]);
  const { snapshot, ...second } = await answered(again);
  expect(asked).toEqual([second, second]);
  expect(second.answerId).not.toBe(first.answerId);
  expect(snapshot.generations).toHaveLength(2);
  const third = await answered({ ...again, messageId: second.answerId });
  expect(third.snapshot.generations).toHaveLength(3);
  expect(third.snapshot.messages.filter(({ role }) => role === "user")).toHaveLength(1);
});

test("who does not say which answer gets another for the newest, unless that is still being made", async () => {
  const { ask, answered, accountId } = await client();
  const prompt = [says("1", "stall after 1")];
  const first = await ask({ messages: prompt });
  const again = { messages: prompt, trigger: "regenerate-message" };
  expect((await ask(again)).answerId).toBe(first.answerId);
  await cancelGeneration(server, { accountId, generationId: first.generationId });
  const second = await ask(again);
  expect(second.answerId).not.toBe(first.answerId);
  expect((await ask(again)).generationId).toBe(second.generationId);
  await cancelGeneration(server, { accountId, generationId: second.generationId });
  const fresh = await answered({ messages: [says("never sent", ONE)], trigger: "regenerate-message" });
  expect(shown(fresh.snapshot).slice(-2)).toEqual([ONE, "1"]);
});

test("nobody sends into what is not theirs, nor learns whether it is there", async () => {
  const id = newId();
  const [owner, stranger] = [await client({ id }), await client({ id })];
  const asked = await owner.ask({ messages: [says("1", "stall after 1")] });
  const { conversationId, answerId, generationId } = asked;
  const before = await loadSnapshot(server.database, { accountId: owner.accountId, conversationId });
  for (const more of [{}, { trigger: "regenerate-message", messageId: answerId }]) {
    const refused = stranger.ask({ messages: [says("1", ONE)], ...more });
    await expect(refused).rejects.toMatchObject({ code: "not-found" });
  }
  expect(await findInFlight(server, { accountId: stranger.accountId, conversationId })).toBeUndefined();
  expect(await findInFlight(server, { accountId: owner.accountId, conversationId })).toMatchObject({
    generationId,
  });
  const now = await loadSnapshot(server.database, { accountId: owner.accountId, conversationId });
  expect(now.messages.map((message) => message.id)).toEqual(before.messages.map((message) => message.id));
  await cancelGeneration(server, { accountId: owner.accountId, generationId });
  expect(await findInFlight(server, { accountId: owner.accountId, conversationId })).toBeUndefined();
});

test.each<[string, object]>([
  ["nothing", {}],
  ["no message", { messages: [] }],
  ["both forms", { messages: [says("1", ONE)], message: says("1", ONE) }],
  ["the result of a tool", { messages: [says("1", ONE), answer("2")] }],
  ["an empty prompt", { messages: [says("1", " ")] }],
  ["a part that people do not send", { message: { ...says("1", ""), parts: [{ type: "data-x", data: 1 }] } }],
])("%s is refused with a word on what is wrong", (_, body) => {
  const parsed = chatBody.safeParse({ id: "1", ...body });
  expect(parsed.success).toBe(false);
  expect(parsed.error?.issues[0]?.path[0]).toMatch(/^messages?$/);
});
