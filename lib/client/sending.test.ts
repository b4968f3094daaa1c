import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFakeConversation, type FakeConversation } from "./fake-conversation.ts";
import { answerProblem, type LogServer, startLogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";
import { setUpStore } from "./test-store.ts";

let server: LogServer;
let conversation: FakeConversation;
beforeEach(async () => {
  server = await startLogServer();
  conversation = createFakeConversation(server);
});
afterEach(() => server.stop());

type Options = Parameters<typeof setUpStore>[2];
const setUp = (options: Options = {}) => setUpStore(server, conversation, options);
const refuse = (status: number, code: string) =>
  conversation.answerPrompts((_request, response) => answerProblem(response, status, code));

describe("a prompt", () => {
  test("is shown at once, and once, until the log has it", async () => {
    conversation.takePrompts();
    const { store, shows, showsTruth, texts } = setUp();
    store.connect();
    const id = store.send("Hello");
    expect(store.getView().pending).toMatchObject([{ id, state: "sending" }]);
    await shows({ pending: [] });
    await showsTruth();
    expect(texts()).toEqual(["Hello", ""]);
  });

  test("makes a conversation that the server does not know, and only then is that followed", async () => {
    const { store, shows } = setUp();
    store.connect();
    await Promise.resolve();
    expect(server.asked).toEqual([]);
    conversation.takePrompts();
    store.send("Hello");
    await shows({ pending: [], path: [{}, {}] });
    expect(server.asked[0]).toEqual([{ log: conversation.id, after: 0 }]);
  });

  test("whose answer is lost is one prompt all the same", async () => {
    const taken = conversation.loseNextAnswer();
    const { store, clock, shows, texts } = setUp();
    store.connect();
    const id = store.send("Hello");
    await shows({ pending: [{ id, state: "waiting" }] });
    clock.advance(125);
    await shows({ pending: [] });
    expect(taken).toEqual([id]);
    expect(conversation.sentIds()).toEqual([id, id]);
    expect(texts()).toEqual(["Hello", ""]);
  });

  test.each([500, 502, 503])(
    "that meets a %i waits, with its text, until the server is well",
    async (status) => {
      refuse(status, "internal");
      const { store, clock, world, shows, isDue } = setUp();
      store.connect();
      store.send("Hello");
      await shows({ pending: [{ state: "waiting", detail: "It is internal." }] });
      clock.advance(125);
      await isDue(250);
      conversation.takePrompts();
      world.tell("online");
      await shows({ pending: [] });
      expect(conversation.sentIds()).toHaveLength(3);
    },
  );

  test("goes out after those that were written before it, also when they have to wait", async () => {
    conversation.losePrompts();
    const { store, clock, shows, texts } = setUp();
    store.connect();
    const ids = [store.send("first"), store.send("second")];
    await shows({ pending: [{ state: "waiting" }, { state: "sending" }] });
    conversation.takePrompts();
    clock.advance(125);
    await shows({ pending: [] });
    expect(conversation.sentIds()).toEqual([ids[0], ...ids]);
    expect(texts()).toEqual(["first", "", "second", ""]);
  });

  test("goes out although the page is left", async () => {
    const taken = conversation.takePrompts();
    const { store } = setUp();
    const leave = store.connect();
    const id = store.send("Hello");
    leave();
    await soon(() => expect(taken).toEqual([id]));
  });

  test("for a place of its own is shown there, before the server has it", () => {
    const first = conversation.appendPrompt("one");
    conversation.appendPrompt("two");
    conversation.losePrompts();
    const { store, texts } = setUp({ snapshot: conversation.truth() });
    const id = store.send("two, edited", { parentId: first.answer.id });
    expect(texts()).toEqual(["one", ""]);
    store.discard(id);
    expect(texts()).toEqual(["one", "", "two", ""]);
    store.send("one, edited", { parentId: null });
    expect(texts()).toEqual([]);
  });
});

describe("a prompt that is refused", () => {
  test("stays, with the server's sentence, until it is sent again; others go on", async () => {
    refuse(413, "too-large");
    const { store, shows, texts } = setUp();
    store.connect();
    const id = store.send("long");
    await shows({ pending: [{ id, state: "refused", code: "too-large", detail: "It is too-large." }] });
    conversation.takePrompts();
    store.send("short");
    await shows({ path: [{}, {}], pending: [{ id, state: "refused" }] });
    expect(texts()).toEqual(["short", ""]);
    store.resend(id);
    await shows({ pending: [] });
    expect(texts()).toEqual(["short", "", "long", ""]);
  });

  test("and discarded is gone, also after a reload", async () => {
    refuse(413, "too-large");
    const { store, storage, shows } = setUp();
    const id = store.send("long");
    await shows({ pending: [{ state: "refused" }] });
    store.discard(id);
    expect(store.getView().pending).toEqual([]);
    const reloaded = setUp({ storage });
    reloaded.store.connect();
    expect(reloaded.store.getView().pending).toEqual([]);
  });
});

describe("a reload", () => {
  test("finds the prompt that was waiting, and sends it, once however often the page is mounted", async () => {
    conversation.losePrompts();
    const before = setUp();
    const id = before.store.send("typed on a train");
    await before.shows({ pending: [{ id, state: "waiting" }] });

    conversation.takePrompts();
    const { store, shelf, shows, texts } = setUp({ storage: before.storage });
    expect(store.getView().pending).toEqual([]);
    store.connect()();
    store.connect();
    expect(store.getView().pending).toMatchObject([{ id, state: "sending" }]);
    await shows({ pending: [] });
    expect(texts()).toEqual(["typed on a train", ""]);
    expect(shelf.names()).toEqual([]);
  });

  test("finds a refused prompt refused; sent again, it is kept over the next one", async () => {
    refuse(413, "too-large");
    const before = setUp();
    const id = before.store.send("long");
    await before.shows({ pending: [{ state: "refused" }] });

    const { store, storage, shows } = setUp({ storage: before.storage });
    store.connect();
    expect(store.getView().pending).toMatchObject([{ state: "refused", detail: "It is too-large." }]);
    expect(conversation.sentIds()).toHaveLength(1);
    conversation.losePrompts();
    store.resend(id);
    await shows({ pending: [{ state: "waiting" }] });

    const again = setUp({ storage });
    again.store.connect();
    expect(again.store.getView().pending).toMatchObject([{ id, state: "sending" }]);
  });

  test("after signing in again sends what was refused for that reason alone", async () => {
    refuse(401, "not-signed-in");
    const before = setUp();
    before.store.send("Hello");
    await before.shows({ pending: [{ state: "refused", code: "not-signed-in" }] });

    conversation.takePrompts();
    const { store, shows } = setUp({ storage: before.storage });
    store.connect();
    await shows({ path: [{}, {}], pending: [] });
  });

  test("does not show a prompt twice that the page already has", async () => {
    conversation.takePrompts();
    const before = setUp();
    const id = before.store.send("Hello");
    const name = `outbox.${conversation.id}.${id}`;
    const kept = before.shelf.read(name) ?? "";
    await before.shows({ pending: [{ state: "accepted" }] });
    expect(before.shelf.names()).toEqual([]);
    // As if the tab had died between the server's answer and our noting it.
    before.shelf.write(name, kept);

    const { store, shelf } = setUp({ snapshot: conversation.truth(), storage: before.storage });
    store.connect();
    expect(store.getView().pending).toEqual([]);
    expect(shelf.names()).toEqual([]);
  });
});

describe("two tabs of one browser", () => {
  test("that both hold a prompt send it once", async () => {
    conversation.losePrompts();
    const one = setUp();
    const id = one.store.send("Hello");
    await one.shows({ pending: [{ state: "waiting" }] });
    const other = setUp({ storage: one.storage });
    one.store.connect();
    other.store.connect();
    await other.shows({ pending: [{ id, state: "waiting" }] });

    const taken = conversation.takePrompts();
    one.world.tell("online");
    other.world.tell("online");
    await one.shows({ pending: [], path: [{}, {}] });
    await other.shows({ pending: [], path: [{}, {}] });
    expect(taken).toEqual([id]);
    expect(one.store.getView().snapshot).toEqual(other.store.getView().snapshot);
  });

  test("do not send what was discarded in one of them", async () => {
    conversation.losePrompts();
    const one = setUp();
    const id = one.store.send("Hello");
    await one.shows({ pending: [{ state: "waiting" }] });
    const other = setUp({ storage: one.storage });
    other.store.connect();
    await other.shows({ pending: [{ id, state: "waiting" }] });

    const sent = conversation.sentIds();
    one.store.discard(id);
    other.world.tell("online");
    await other.shows({ pending: [] });
    expect(conversation.sentIds()).toEqual(sent);
  });
});
