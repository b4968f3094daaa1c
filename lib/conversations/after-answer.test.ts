import { afterAll, expect, test } from "vitest";
import { addTestAccount } from "#lib/accounts/test-account";
import { testDatabase } from "#lib/database/test-database";
import { readGeneration } from "#lib/generations/read-generations";
import { DEMO_ANSWER } from "#lib/models/demo-answer";
import { fakeModel, spoken } from "#lib/models/fake-model";
import { newId } from "#lib/protocol/ids";
import { type AfterAnswerDeps, afterAnswer } from "./after-answer.ts";
import { cancelGeneration } from "./cancel-generation.ts";
import { changeConversation } from "./change-conversation.ts";
import { createConversation } from "./create-conversation.ts";
import { deleteConversation } from "./delete-conversation.ts";
import { listConversations } from "./list-conversations.ts";
import { loadSnapshot } from "./load-snapshot.ts";
import { sendPrompt } from "./send-prompt.ts";
import { ask, isIdle, snapshotWhen, startTestServer, textPrompt } from "./test-server.ts";

const database = await testDatabase();
const server = startTestServer(database.url);
afterAll(() => server.stop());

type Asked = Awaited<ReturnType<typeof ask>>;
const SAID = "Title: Small numbers\nAsk: And four?\nAsk: And five?";
const FOLLOW_UPS = { type: "data-follow-ups", data: { questions: ["And four?", "And five?"] } };

/** Asks, after an answer, a model that says this; `meanwhile` happens before it does. */
async function after(
  { sent }: Pick<Asked, "sent">,
  said: string,
  {
    meanwhile,
    model = "openai/fake",
    ...deps
  }: Partial<AfterAnswerDeps> & { meanwhile?: () => Promise<unknown>; model?: string } = {},
): Promise<number> {
  let calls = 0;
  const generation = await readGeneration(server.database, sent.generationId);
  if (!generation) throw new Error("there is no such generation");
  const model_ = fakeModel(() => {
    calls += 1;
    return spoken(...said.split(/(?<=\s)/));
  });
  const slow = {
    ...model_,
    doStream: async (...call: Parameters<typeof model_.doStream>) => {
      await meanwhile?.();
      return model_.doStream(...call);
    },
  };
  await afterAnswer(
    {
      ...server,
      models: { defaultId: async () => "openai/fake", languageModel: () => slow },
      titleModel: undefined,
      takesFollowUps: true,
      ...deps,
    },
    { generation: { ...generation, model }, signal: new AbortController().signal },
  );
  return calls;
}

async function answered(text = "count to 3, 1 ms apart"): Promise<Asked> {
  const asked = await ask(server, text);
  await snapshotWhen(server, asked, isIdle);
  return asked;
}

const state = async (asked: Pick<Asked, "accountId" | "conversationId">) => {
  const { conversation, messages } = await loadSnapshot(server.database, asked);
  return {
    title: conversation.title,
    parts: messages.flatMap(({ parts }) => parts.filter(({ type }) => type.startsWith("data-"))),
  };
};

test("one question names the conversation and says what could be asked next, on every device", async () => {
  const asked = await answered();
  const before = await loadSnapshot(server.database, asked);
  expect(await after(asked, SAID)).toBe(1);
  expect(await state(asked)).toEqual({ title: "Small numbers", parts: [FOLLOW_UPS] });
  const { sequence } = await loadSnapshot(server.database, asked);
  expect(sequence).toBe(before.sequence + 2);
  const { conversations } = await listConversations(server.database, { ...asked, limit: 1 });
  expect(conversations).toMatchObject([{ title: "Small numbers" }]);
  // Named once: the next answer only has its questions.
  const { sent } = await sendPrompt(server, { ...asked, prompt: textPrompt("count to 2, 1 ms apart") });
  await snapshotWhen(server, asked, isIdle);
  expect(await after({ sent }, "Title: Something else\nAsk: And six?")).toBe(1);
  expect(await state(asked)).toMatchObject({
    title: "Small numbers",
    parts: [{}, { data: { questions: ["And six?"] } }],
  });
});

test("a person's title stays, given before, meanwhile, or with the conversation", async () => {
  const [before, meanwhile] = [await answered(), await answered()];
  const name = (asked: Asked) => changeConversation(server, { ...asked, change: { title: "Mine" } });
  await name(before);
  await after(before, SAID);
  await after(meanwhile, SAID, { meanwhile: () => name(meanwhile) });
  for (const asked of [before, meanwhile])
    expect(await state(asked)).toMatchObject({ title: "Mine", parts: [FOLLOW_UPS] });
  const accountId = await addTestAccount(server.database);
  const { conversation } = await createConversation(server, { accountId, body: { title: "Mine" } });
  const place = { accountId, conversationId: conversation.id };
  const { sent } = await sendPrompt(server, { ...place, prompt: textPrompt("count to 2, 1 ms apart") });
  await snapshotWhen(server, place, isIdle);
  expect(await after({ sent }, SAID, { takesFollowUps: false })).toBe(0);
});

test("questions that come late are not shown: the conversation has gone on, or is gone", async () => {
  const [wentOn, gone] = [await answered(), await answered()];
  await after(wentOn, SAID, {
    meanwhile: () => sendPrompt(server, { ...wentOn, prompt: textPrompt("count to 2, 1 ms apart") }),
  });
  expect(await state(wentOn)).toEqual({ title: "Small numbers", parts: [] });
  await after(gone, SAID, { meanwhile: () => deleteConversation(server, gone) });
  await expect(loadSnapshot(server.database, gone)).rejects.toMatchObject({ code: "not-found" });
  expect(await after(gone, SAID)).toBe(0);
});

test("a snapshot has them once, also while another branch is answered", async () => {
  const asked = await answered();
  const other = await sendPrompt(server, {
    ...asked,
    prompt: { ...textPrompt("stall after 1"), parentId: null },
  });
  await changeConversation(server, { ...asked, change: { leafId: asked.sent.answerId } });
  await after(asked, SAID);
  expect((await state(asked)).parts).toEqual([FOLLOW_UPS]);
  await cancelGeneration(server, { ...asked, generationId: other.sent.generationId });
  expect((await state(asked)).parts).toEqual([FOLLOW_UPS]);
});

test("nobody is asked where nobody is to be, nor of what failed, nor the demo model", async () => {
  const asked = await answered();
  expect(await after(asked, SAID, { titleModel: "off" })).toBe(0);
  expect(await after(asked, SAID, { titleModel: "demo/demo" })).toBe(0);
  expect(await after(asked, SAID, { model: "demo/demo" })).toBe(0);
  const failed = await answered("fail after 2");
  expect(await after(failed, SAID)).toBe(0);
  const place = { accountId: await addTestAccount(server.database), conversationId: newId() };
  const prompt = { ...textPrompt("count to 2, 1 ms apart"), temporary: true };
  const { sent } = await sendPrompt(server, { ...place, prompt });
  await snapshotWhen(server, place, isIdle);
  await after({ sent }, SAID);
  expect(await state(place)).toMatchObject({ title: "count to 2, 1 ms apart", parts: [FOLLOW_UPS] });
  expect(await state(asked)).toMatchObject({ title: "count to 3, 1 ms apart", parts: [] });
});

test("the demo model shows how it looks, under its own answer alone", async () => {
  const [shown, counted] = [await answered("hello there"), await answered()];
  for (const asked of [shown, counted]) await after(asked, SAID, { model: "demo/demo", titleModel: "off" });
  expect((await state(shown)).parts).toMatchObject([
    { type: "data-follow-ups", data: { questions: { length: 3 } } },
  ]);
  expect((await state(counted)).parts).toEqual([]);
  const { messages } = await loadSnapshot(server.database, shown);
  expect(messages[1]?.parts).toContainEqual(expect.objectContaining({ type: "text", text: DEMO_ANSWER }));
});

test("what the model makes of it is kept as far as it can be read, and hostile words are only words", async () => {
  const asked = await answered();
  await after(asked, "Sure!\nTitle: <script>\0\ud800\nAsk: x' or 1=1 --");
  const { title, parts } = await state(asked);
  expect(title).toBe("<script>\ufffd\ufffd");
  expect(parts).toMatchObject([{ data: { questions: ["x' or 1=1 --"] } }]);
  const nothing = await answered();
  await after(nothing, "I would rather not.");
  expect(await state(nothing)).toEqual({ title: "count to 3, 1 ms apart", parts: [] });
});
