import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFakeConversation, type FakeConversation } from "./fake-conversation.ts";
import { type LogServer, startLogServer } from "./test-log-server.ts";
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

describe("a prompt that is one too many for now", () => {
  const limit = (
    seconds: number,
    detail = "An account may send 2 prompts a minute. Try again in 40 seconds.",
  ) =>
    conversation.answerPrompts((_request, response) => {
      response.writeHead(429, {
        "content-type": "application/problem+json",
        "retry-after": String(seconds),
      });
      const problem = { type: "about:blank", title: "Too many", status: 429, code: "rate-limited", detail };
      response.end(JSON.stringify(problem));
    });

  test("says why and until when, and goes out by itself at that time and not before", async () => {
    limit(40);
    const { store, clock, world, shows, texts } = setUp();
    store.connect();
    const id = store.send("Hello");
    const retryAtMs = clock.nowMs() + 40_000;
    const detail = "An account may send 2 prompts a minute.";
    await shows({ pending: [{ id, state: "limited", detail, retryAtMs }] });
    conversation.takePrompts();
    clock.advance(39_000);
    world.tell("online");
    world.tell("visible");
    await Promise.resolve();
    await shows({ pending: [{ id, state: "limited" }] });
    expect(conversation.sentIds()).toEqual([id]);
    clock.advance(1_000);
    await shows({ pending: [], path: [{}, {}] });
    expect(texts()).toEqual(["Hello", ""]);
    expect(conversation.sentIds()).toEqual([id, id]);
  });

  test("holds back what is written after it, and all go out in their order, at once if the person says so", async () => {
    limit(3_600);
    const { store, shows, texts } = setUp();
    store.connect();
    const first = store.send("first");
    await shows({ pending: [{ state: "limited" }] });
    const second = store.send("second");
    await shows({ pending: [{ state: "limited" }, { id: second, state: "limited" }] });
    expect(conversation.sentIds()).toEqual([first]);
    conversation.takePrompts();
    store.resend(second);
    await shows({ pending: [] });
    expect(texts()).toEqual(["first", "", "second", ""]);
  });

  test("is kept over a reload with its time, which may have come meanwhile", async () => {
    limit(40);
    const before = setUp();
    const id = before.store.send("Hello");
    await before.shows({ pending: [{ state: "limited" }] });
    const early = setUp({ storage: before.storage });
    early.store.connect();
    await early.shows({ pending: [{ id, state: "limited" }] });
    expect(conversation.sentIds()).toEqual([id]);
    conversation.takePrompts();
    // The device slept, and its timers with it.
    early.clock.sleep(60_000);
    early.world.tell("visible");
    await early.shows({ pending: [], path: [{}, {}] });
    expect(early.shelf.names()).toEqual([]);
  });

  test("and discarded, leaves nothing to wait for", async () => {
    limit(40);
    const { store, clock, shelf, shows } = setUp();
    const id = store.send("Hello");
    await shows({ pending: [{ state: "limited" }] });
    store.discard(id);
    expect(store.getView().pending).toEqual([]);
    expect(clock.pending()).toEqual([]);
    store.connect();
    expect(store.getView().pending).toEqual([]);
    expect(shelf.names()).toEqual([]);
  });
});
