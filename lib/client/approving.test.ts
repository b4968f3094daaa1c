import { afterEach, beforeEach, expect, test } from "vitest";
import type { Part } from "#lib/protocol/event";
import { createFakeConversation, type FakeConversation } from "./fake-conversation.ts";
import { answerJson, answerProblem, type LogServer, startLogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";
import { setUpStore } from "./test-store.ts";

let server: LogServer;
let conversation: FakeConversation;
let messageId: string;
beforeEach(async () => {
  server = await startLogServer();
  conversation = createFakeConversation(server);
  const { answer, generation } = conversation.appendPrompt("note it");
  messageId = answer.id;
  const call = { type: "tool-write_note", toolCallId: "1", state: "approval-requested", input: {} };
  const asking = { ...call, approval: { id: "a" } } as Part;
  const message = { ...answer, parts: [asking] };
  conversation.append({
    type: "generation-end",
    generation: { ...generation, status: "completed" },
    message,
  });
});
afterEach(() => server.stop());

const call = () => `POST /api/messages/${messageId}/approvals`;
const calls = () => server.calls.filter(({ name }) => name === call());
const setUp = () => setUpStore(server, conversation, { snapshot: conversation.truth() });
function takeAnswers() {
  server.routes.set(call(), (_request, response, body) => {
    const { id, approved } = body as { id: string; approved: boolean };
    conversation.append({ type: "approval-given", messageId, approvalId: "a", approved });
    answerJson(response, 202, { messageId, approvalId: "a", approved, generationId: id });
  });
}

test("an answer is sent once, is shown as on its way, and comes by the log", async () => {
  takeAnswers();
  const { store, shows } = setUp();
  store.connect();
  await Promise.all([store.approve("a", true), store.approve("a", true), store.approve("a", false)]);
  expect(store.getView().approving).toEqual(["a"]);
  expect(calls()).toMatchObject([{ body: { approvalId: "a", approved: true } }]);
  await shows({ path: [{}, { parts: [{ state: "approval-responded", approval: { approved: true } }] }] });
});

test("without a network it is heard when that is back, under the same id", async () => {
  server.routes.set(call(), (_request, response) => response.destroy());
  const { store, clock, isDue } = setUp();
  const given = store.approve("a", false);
  await soon(() => expect(calls()).toHaveLength(1));
  await isDue(125);
  takeAnswers();
  clock.advance(125);
  await given;
  const [one, other] = calls();
  expect(other?.body).toEqual(one?.body);
});

test("one that is refused is told, and can be given again", async () => {
  server.routes.set(call(), (_request, response) => answerProblem(response, 409, "still-answering"));
  const { store } = setUp();
  await expect(store.approve("a", true)).rejects.toMatchObject({ code: "still-answering" });
  expect(store.getView().approving).toEqual([]);
  takeAnswers();
  await store.approve("a", true);
  expect(calls()).toHaveLength(2);
});

test("what nobody asks is not answered", async () => {
  const { store } = setUp();
  await store.approve("b", true);
  expect(store.getView().approving).toEqual([]);
  expect(calls()).toEqual([]);
});
