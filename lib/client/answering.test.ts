import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Generation } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { createFakeConversation, type FakeConversation } from "./fake-conversation.ts";
import { answerJson, answerProblem, type LogServer, startLogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";
import { setUpStore } from "./test-store.ts";

let server: LogServer;
let conversation: FakeConversation;
beforeEach(async () => {
  server = await startLogServer();
  conversation = createFakeConversation(server);
});
afterEach(() => server.stop());

const setUp = (options = {}) =>
  setUpStore(server, conversation, { snapshot: conversation.truth(), ...options });

describe("cancelling", () => {
  let generation: Generation;
  beforeEach(() => {
    generation = conversation.appendPrompt("count").generation;
    conversation.start(generation);
  });
  const cancelCall = () => `POST /api/generations/${generation.id}/cancel`;
  const cancelCalls = () => server.calls.filter(({ name }) => name === cancelCall());

  test("names the generation that is shown, and its end comes by the log", async () => {
    conversation.takeCancels(generation);
    const { store, shows, showsTruth } = setUp();
    store.connect();
    store.cancel();
    store.cancel();
    expect(store.getView().cancelling).toEqual([generation.id]);
    await shows({ generation: undefined, cancelling: [] });
    await showsTruth();
    expect(cancelCalls()).toHaveLength(1);
  });

  test("without a network is heard when it is back, also after a reload", async () => {
    server.routes.set(cancelCall(), (_request, response) => response.destroy());
    const before = setUp();
    before.store.cancel();
    await soon(() => expect(cancelCalls()).toHaveLength(1));

    conversation.takeCancels(generation);
    const { store, shelf, shows } = setUp({ storage: before.storage });
    store.connect();
    await shows({ generation: undefined, cancelling: [] });
    await soon(() => expect(shelf.names()).toEqual([]));
  });

  test("too often is still cancelling", async () => {
    server.routes.set(cancelCall(), (_request, response) =>
      answerProblem(response, 429, "rate-limited", { "retry-after": "3" }),
    );
    const { store, clock, shows, isDue } = setUp();
    store.connect();
    store.cancel();
    await isDue(3_000);
    conversation.takeCancels(generation);
    clock.advance(3_000);
    await shows({ generation: undefined });
  });

  test("that is refused lets the person try again", async () => {
    server.routes.set(cancelCall(), (_request, response) => answerProblem(response, 404, "not-found"));
    const { store, shelf, shows } = setUp();
    store.cancel();
    await shows({ cancelling: [] });
    store.cancel();
    await soon(() => expect(cancelCalls()).toHaveLength(2));
    await soon(() => expect(shelf.names()).toEqual([]));
  });

  test("that nobody is signed in for waits for who meant it", async () => {
    server.routes.set(cancelCall(), (_request, response) => answerProblem(response, 401, "not-signed-in"));
    const before = setUp();
    before.store.cancel();
    await before.shows({ cancelling: [] });

    conversation.takeCancels(generation);
    const { store, shelf, shows } = setUp({ storage: before.storage });
    store.connect();
    await shows({ generation: undefined });
    await soon(() => expect(shelf.names()).toEqual([]));
  });

  test("with nothing to cancel does nothing", () => {
    const { store } = setUp({ snapshot: conversation.empty() });
    store.cancel();
    expect(store.getView().cancelling).toEqual([]);
    expect(server.calls).toEqual([]);
  });
});

describe("other answers", () => {
  test("are asked for once, under an id of their own, however often the network fails", async () => {
    const { answer, prompt } = conversation.appendPrompt("Hello");
    const name = `POST /api/messages/${answer.id}/regenerate`;
    server.routes.set(name, (_request, response) => response.destroy());
    const { store, clock, isDue } = setUp();
    const asked = [store.regenerate(answer.id), store.regenerate(answer.id)];
    await isDue(125);
    server.routes.set(name, (_request, response, body) => {
      const { id } = body as { id: string };
      answerJson(response, 202, { messageId: prompt.id, answerId: id, generationId: newId(), sequence: 1 });
    });
    clock.advance(125);
    await Promise.all(asked);
    expect(server.calls).toHaveLength(2);
    expect(server.calls[1]).toEqual(server.calls[0]);

    await store.regenerate(answer.id);
    expect(server.calls[2]).not.toEqual(server.calls[0]);
  });

  test("that are refused say why", async () => {
    const { answer } = conversation.appendPrompt("Hello");
    server.routes.set("*", (_request, response) => answerProblem(response, 400, "invalid-request"));
    const { store } = setUp();
    await expect(store.regenerate(answer.id)).rejects.toMatchObject({ code: "invalid-request" });
  });

  test("are shown with the newest of all that follows them", async () => {
    const one = conversation.appendPrompt("one");
    conversation.appendPrompt("two");
    conversation.appendPrompt("two, edited", { parentId: one.answer.id });
    conversation.appendPrompt("one, edited", { parentId: null });
    const { store, showsTruth, texts } = setUp();
    store.connect();
    server.routes.set(`PATCH /api/conversations/${conversation.id}`, (_request, response, body) => {
      conversation.append({ type: "leaf-changed", ...(body as { leafId: string }) });
      const { conversation: changed, sequence } = conversation.truth();
      answerJson(response, 200, { conversation: changed, sequence });
    });
    await store.show(one.prompt.id);
    await showsTruth();
    expect(texts()).toEqual(["one", "", "two, edited", ""]);
  });
});
