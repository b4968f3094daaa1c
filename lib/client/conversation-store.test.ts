import { afterEach, beforeEach, describe, expect, test } from "vitest";
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

const setUp = (snapshot = conversation.truth()) => setUpStore(server, conversation, { snapshot });
const isOpen = () => soon(() => expect(server.open.size).toBe(1));

/** A conversation whose first answer is being written. */
function running(prompt = "Hello") {
  const asked = conversation.appendPrompt(prompt);
  conversation.start(asked.generation);
  return asked;
}

describe("what the log brings", () => {
  test("is folded into the page's snapshot from its number on", async () => {
    const { generation } = running();
    conversation.say(generation, "Hi ");
    const { store, showsTruth, texts } = setUp();
    const after = conversation.truth().sequence;
    conversation.say(generation, "there");
    store.connect();
    await showsTruth();
    expect(texts()).toEqual(["Hello", "Hi there"]);
    expect(store.getView().generation?.id).toBe(generation.id);
    expect(server.asked).toEqual([[{ log: conversation.id, after }]]);
  });

  test("is told once a frame, however much it is", async () => {
    const { generation } = running();
    const { store, log, frames, paint, told } = setUp();
    store.connect();
    await isOpen();
    for (let number = 1; number <= 100; number++) conversation.say(generation, `${number} `);
    await soon(() => expect(log.after()).toBe(conversation.truth().sequence));
    expect(frames).toHaveLength(1);
    expect(told).not.toHaveBeenCalled();
    paint();
    expect(told).toHaveBeenCalledOnce();
    expect(store.getView().snapshot).toEqual(conversation.truth());
  });

  test("leaves the identity of what it does not touch: messages, lists, and the view itself", async () => {
    conversation.end(running("one").generation);
    const second = running("two");
    const { store, showsTruth, paint } = setUp();
    store.connect();
    const before = store.getView();
    conversation.say(second.generation, "x");
    await showsTruth();
    const after = store.getView();
    expect(after.path.slice(0, 3).every((message, index) => message === before.path[index])).toBe(true);
    expect(after.path[3]).not.toBe(before.path[3]);
    expect(after.pending).toBe(before.pending);
    store.discard("nothing of this id");
    paint();
    expect(store.getView()).toBe(after);
  });

  test("comes from other devices too: prompts, answers and titles, without a reload", async () => {
    conversation.appendPrompt("here");
    const { store, showsTruth, texts } = setUp();
    store.connect();
    await isOpen();
    conversation.say(running("elsewhere").generation, "An answer");
    const renamed = { ...conversation.truth().conversation, title: "Two places" };
    conversation.append({ type: "conversation-changed", conversation: renamed });
    await showsTruth();
    expect(texts()).toEqual(["here", "", "elsewhere", "An answer"]);
    expect(store.getView().snapshot.conversation.title).toBe("Two places");
  });

  test("may not go on from here; then a snapshot is loaded, and followed", async () => {
    const { generation } = running();
    server.routes.set(`GET /api/conversations/${conversation.id}`, (_request, response) =>
      answerJson(response, 200, conversation.truth()),
    );
    const { store, showsTruth } = setUp({ ...conversation.truth(), sequence: 90 });
    store.connect();
    await showsTruth();
    conversation.say(generation, "Hi");
    await showsTruth();
  });

  test("stays unpainted no longer than until a page asks again", async () => {
    const { generation } = running();
    const early = conversation.truth();
    conversation.say(generation, "Hi");
    const late = conversation.truth();
    const { store, paint } = setUp(early);
    store.adopt(late);
    const view = store.getView();
    expect(view.snapshot).toBe(late);
    paint();
    expect(store.getView()).toBe(view);
    store.adopt(early);
    expect(store.getView().snapshot).toBe(late);
  });
});

describe("a conversation that is gone", () => {
  test("because it was deleted elsewhere says so, with its last words, and is followed no more", async () => {
    running();
    const { store, shows, texts } = setUp();
    store.connect();
    await isOpen();
    conversation.append({ type: "conversation-deleted" });
    await shows({ gone: "deleted" });
    expect(texts()).toEqual(["Hello", ""]);
    await soon(() => expect(server.open.size).toBe(0));
  });

  test("is shown again when somebody brings it back, and followed on", async () => {
    running();
    const { store, shows, showsTruth } = setUp();
    store.connect();
    await isOpen();
    const before = conversation.truth();
    await store.comeBack(); // It is there: nothing is asked.
    conversation.append({ type: "conversation-deleted" });
    await shows({ gone: "deleted" });
    const load = `GET /api/conversations/${conversation.id}`;
    server.routes.set(load, (_, response) => answerProblem(response, 404, "not-found"));
    await store.comeBack(); // It was deleted once more, in this moment.
    expect(store.getView().gone).toBe("deleted");
    conversation.append({ type: "conversation-changed", conversation: before.conversation });
    server.routes.set(load, (_, response) => answerJson(response, 200, conversation.truth()));
    await store.comeBack();
    await shows({ gone: undefined });
    conversation.append({
      type: "conversation-changed",
      conversation: { ...before.conversation, title: "Back" },
    });
    await showsTruth();
    expect(server.calls.filter(({ name }) => name === load)).toHaveLength(2);
  });

  test("is not brought back by a prompt that was on its way; the text is kept", async () => {
    running();
    conversation.losePrompts();
    const { store, storage, clock, shows, isDue } = setUp();
    store.connect();
    await isOpen();
    const id = store.send("one more thing");
    await isDue(125);
    conversation.append({ type: "conversation-deleted" });
    await shows({ gone: "deleted", pending: [{ id, state: "refused", code: "conversation-deleted" }] });
    clock.advance(60_000);
    expect(conversation.sentIds()).toEqual([id]);
    store.connect();
    await Promise.resolve();
    expect(server.asked).toHaveLength(1);

    const again = setUpStore(server, conversation, { storage });
    again.store.connect();
    expect(again.store.getView().pending).toMatchObject([{ id, state: "refused" }]);
  });

  test("and is there after all is followed again", async () => {
    running();
    const early = conversation.truth();
    server.routes.set("*", (_request, response) => answerProblem(response, 404, "not-found"));
    server.script.push(({ response }) => answerProblem(response, 404, "not-found"));
    const { store, shows, showsTruth } = setUp({ ...early, sequence: 1 });
    store.connect();
    await shows({ gone: "not-found" });
    store.adopt(early);
    expect(store.getView().gone).toBeUndefined();
    await isOpen();
    await showsTruth();
  });
});

describe("the generation that is shown", () => {
  test("is the one that runs; those behind it are queued", () => {
    const first = running("one");
    const second = conversation.appendPrompt("two");
    const { generations } = conversation.truth();
    for (const order of [generations, generations.toReversed()]) {
      const { store } = setUp({ ...conversation.truth(), generations: order });
      expect(store.getView().generation?.id).toBe(first.generation.id);
      expect(store.getView().queued.map(({ id }) => id)).toEqual([second.generation.id]);
    }
  });

  test("is of the branch that is shown", () => {
    running("one");
    conversation.end(conversation.appendPrompt("one, edited", { parentId: null }).generation);
    const { store, texts } = setUp();
    expect(texts()).toEqual(["one, edited", ""]);
    expect(store.getView().generation).toBeUndefined();
  });
});

describe("being back", () => {
  test("tells how many words came in one go, for a while", async () => {
    const { generation } = running("write");
    conversation.say(generation, "One two ");
    const { store, clock, world, shows, showsTruth, isDue } = setUp();
    store.connect();
    await isOpen();
    conversation.say(generation, "three ");
    await showsTruth();
    server.script.push(() => {});
    server.cut();
    await isDue(125);
    clock.advance(3_000);
    await soon(() => expect(server.asked).toHaveLength(2));
    conversation.say(generation, "four five six ");
    world.tell("online");
    await shows({ caughtUpWords: 3 });
    clock.advance(8_000);
    expect(store.getView().caughtUpWords).toBeUndefined();
  });

  test("after a moment says nothing of it", async () => {
    const { generation } = running("write");
    const { store, log, clock, showsTruth, isDue } = setUp();
    store.connect();
    conversation.say(generation, "zero ");
    await soon(() => expect(log.after()).toBe(conversation.truth().sequence));
    server.cut();
    await isDue(125);
    conversation.say(generation, "one two");
    clock.advance(125);
    await showsTruth();
    await soon(() => expect(server.open.size).toBe(1));
    expect(store.getView().caughtUpWords).toBeUndefined();
  });
});

describe("a branch that is shown here alone", () => {
  /** Two answers to one prompt, the newer one shown. */
  function branched() {
    const { prompt, answer } = running();
    const other = { ...answer, id: newId(), parts: [{ type: "text" as const, text: "Other" }] };
    conversation.append({ type: "message-added", message: other });
    return { prompt, answer, other };
  }
  const ids = (store: ReturnType<typeof setUp>["store"]) => store.getView().path.map(({ id }) => id);

  test("is that of the message that was named, and the next prompt goes after it", async () => {
    const { prompt, answer, other } = branched();
    conversation.takePrompts();
    const { store, shows } = setUp();
    store.connect();
    expect(ids(store)).toEqual([prompt.id, other.id]);
    store.peek(newId());
    expect(ids(store)).toEqual([prompt.id, other.id]);
    store.peek(answer.id);
    expect(ids(store)).toEqual([prompt.id, answer.id]);
    expect(store.getView().snapshot.conversation.leafId).toBe(other.id);
    store.send("Go on");
    await shows({ pending: [] });
    expect(conversation.truth().messages.at(-2)?.parentId).toBe(answer.id);
  });

  test("gives way to the branch that is chosen for all", async () => {
    const { prompt, answer, other } = branched();
    const { store, paint } = setUp();
    store.connect();
    await isOpen();
    store.peek(answer.id);
    server.routes.set(`PATCH /api/conversations/${conversation.id}`, (_request, response) =>
      answerJson(response, 200, { conversation: conversation.truth().conversation, sequence: 9 }),
    );
    await store.show(other.id);
    expect(ids(store)).toEqual([prompt.id, other.id]);
    store.peek(answer.id);
    conversation.append({ type: "leaf-changed", leafId: prompt.id });
    await soon(() => {
      paint();
      expect(ids(store)).toEqual([prompt.id]);
    });
  });
});
