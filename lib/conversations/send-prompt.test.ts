import { afterAll, expect, test } from "vitest";
import { addTestAccount } from "#lib/accounts/test-account";
import { testDatabase } from "#lib/database/test-database";
import { newId } from "#lib/protocol/ids";
import { pathTo } from "#lib/protocol/path";
import { deleteConversation } from "./delete-conversation.ts";
import { loadSnapshot } from "./load-snapshot.ts";
import { sendPrompt } from "./send-prompt.ts";
import { ask, isIdle, snapshotWhen, startTestServer, textOf, textPrompt } from "./test-server.ts";

const database = await testDatabase();
const server = startTestServer(database.url);
afterAll(() => server.stop());

test("an accepted prompt is answered", async () => {
  const asked = await ask(server, "count to 5, 1 ms apart");
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(textOf(snapshot, asked.sent.answerId)).toBe("1 2 3 4 5");
  expect(snapshot.generations).toMatchObject([
    { id: asked.sent.generationId, status: "completed", attempt: 1 },
  ]);
});

test("one message id is one prompt and one generation, however often it is sent at once", async () => {
  const [accountId, conversationId] = [await addTestAccount(server.database), newId()];
  const prompt = textPrompt("count to 3, 1 ms apart");
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => sendPrompt(server, { accountId, conversationId, prompt })),
  );
  expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(new Set(answers.map(({ sent }) => JSON.stringify(sent))).size).toBe(1);
  const snapshot = await snapshotWhen(server, { accountId, conversationId }, isIdle);
  expect(snapshot.messages).toHaveLength(2);
  expect(snapshot.generations).toHaveLength(1);
});

test("the same id with other content is refused, and changes nothing", async () => {
  const asked = await ask(server, "count to 2, 1 ms apart");
  const before = await snapshotWhen(server, asked, isIdle);
  const again = sendPrompt(server, { ...asked, prompt: textPrompt("something else", asked.sent.messageId) });
  await expect(again).rejects.toMatchObject({ code: "id-taken" });
  const elsewhere = sendPrompt(server, {
    ...asked,
    conversationId: newId(),
    prompt: textPrompt("count to 2, 1 ms apart", asked.sent.messageId),
  });
  await expect(elsewhere).rejects.toMatchObject({ code: "id-taken" });
  expect(await loadSnapshot(server.database, asked)).toEqual(before);
});

test("nobody sends into what is not theirs", async () => {
  const asked = await ask(server, "count to 2, 1 ms apart");
  const foreign = sendPrompt(server, { ...asked, accountId: newId(), prompt: textPrompt("hello") });
  await expect(foreign).rejects.toMatchObject({ code: "not-found" });
  // Nor is it told there whether an id is taken.
  const taken = textPrompt("hello", asked.sent.messageId);
  const probing = sendPrompt(server, {
    ...asked,
    accountId: await addTestAccount(server.database),
    prompt: taken,
  });
  await expect(probing).rejects.toMatchObject({ code: "not-found" });
  await expect(loadSnapshot(server.database, { ...asked, accountId: newId() })).rejects.toMatchObject({
    code: "not-found",
  });
});

test("prompts sent at the same moment have one order, wait their turn, and are all answered", async () => {
  const [accountId, conversationId] = [await addTestAccount(server.database), newId()];
  const sends = await Promise.all(
    Array.from({ length: 5 }, (_, index) =>
      sendPrompt(server, {
        accountId,
        conversationId,
        prompt: textPrompt(`count to ${index + 1}, 1 ms apart`),
      }),
    ),
  );
  const snapshot = await snapshotWhen(server, { accountId, conversationId }, isIdle);
  const path = pathTo(snapshot.messages, snapshot.conversation.leafId);
  expect(path).toHaveLength(10);
  expect(path.map(({ role }) => role)).toEqual(
    Array.from({ length: 10 }, (_, index) => (index % 2 ? "assistant" : "user")),
  );
  expect(new Set(path.map(({ id }) => id))).toEqual(
    new Set(sends.flatMap(({ sent }) => [sent.messageId, sent.answerId])),
  );
  const ends = snapshot.generations.map(({ endedAt }) => endedAt);
  expect(ends).toEqual([...ends].sort());
});

test("an unknown model and a foreign parent are refused before anything is kept", async () => {
  const [accountId, conversationId] = [await addTestAccount(server.database), newId()];
  const unknown = sendPrompt(server, {
    accountId,
    conversationId,
    prompt: { ...textPrompt("hello"), model: "nobody/none" },
  });
  await expect(unknown).rejects.toMatchObject({ code: "unknown-model" });
  const orphan = sendPrompt(server, {
    accountId,
    conversationId,
    prompt: { ...textPrompt("hello"), parentId: newId() },
  });
  await expect(orphan).rejects.toMatchObject({ code: "invalid-request" });
  await expect(loadSnapshot(server.database, { accountId, conversationId })).rejects.toMatchObject({
    code: "not-found",
  });
});

test("a conversation that was deleted stays deleted, whoever sends into it", async () => {
  const asked = await ask(server, "count to 2, 1 ms apart");
  await snapshotWhen(server, asked, isIdle);
  await deleteConversation(server, asked);
  const late = sendPrompt(server, { ...asked, prompt: textPrompt("still there?") });
  await expect(late).rejects.toMatchObject({ code: "not-found" });
});
