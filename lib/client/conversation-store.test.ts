import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type {
  ConversationEntry,
  ConversationEvent,
  Generation,
  Message,
  Snapshot,
} from "#lib/protocol/event";
import { foldEntries } from "#lib/protocol/fold";
import { newId } from "#lib/protocol/ids";
import { createApi } from "./api.ts";
import { createConversationStore } from "./conversation-store.ts";
import { emptySnapshot } from "./empty-snapshot.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeStorage } from "./fake-storage.ts";
import { createFakeWorld } from "./fake-world.ts";
import { answerJson, answerProblem, type LogServer, startLogServer } from "./log-server.ts";
import type { Reader } from "./reader.ts";
import { createShelf } from "./shelf.ts";
import { soon } from "./soon.ts";
import { createTabLine } from "./tab-line.ts";

const NOW = "2026-01-01T00:00:00.000Z";

let server: LogServer;
let conversationId: string;
beforeEach(async () => {
  server = await startLogServer();
  conversationId = newId();
});
afterEach(() => server.stop());

/** What the server's fold of the log is now: the truth that every store must come to. */
function truth(): Snapshot {
  return foldEntries(emptySnapshot(conversationId, NOW), server.log(conversationId) as ConversationEntry[]);
}

function append(...events: ConversationEvent[]) {
  server.append(conversationId, ...events);
}

function message(role: Message["role"], parentId: string | null, text?: string, id = newId()): Message {
  const parts = text === undefined ? [] : [{ type: "text" as const, text }];
  return { id, conversationId, parentId, role, parts, createdAt: NOW };
}

/** A prompt, its empty answer and its generation, as the server writes them. */
function appendPrompt(
  text: string,
  { id = newId(), parentId = truth().conversation.leafId }: { id?: string; parentId?: string | null } = {},
) {
  const prompt = message("user", parentId, text, id);
  const answer = message("assistant", prompt.id);
  const generation: Generation = {
    id: newId(),
    conversationId,
    messageId: answer.id,
    model: "demo/demo",
    status: "queued",
    attempt: 1,
    createdAt: NOW,
  };
  append(
    { type: "message-added", message: prompt },
    { type: "message-added", message: answer },
    { type: "generation-queued", generation },
  );
  return { prompt, answer, generation };
}

function start(generation: Generation) {
  append({ type: "generation-start", generation: { ...generation, status: "running" } });
  say(generation, [{ type: "text-start", id: "0" }]);
}

function say(generation: Generation, chunks: Extract<ConversationEvent, { type: "chunk" }>["chunks"]) {
  append({ type: "chunk", generationId: generation.id, chunks });
}

const words = (generation: Generation, text: string) =>
  say(generation, [{ type: "text-delta", id: "0", delta: text }]);

function end(generation: Generation, status: "completed" | "cancelled" = "completed") {
  const stored = truth().messages.find(({ id }) => id === generation.messageId) ?? message("assistant", null);
  append({ type: "generation-end", generation: { ...generation, status }, message: stored });
}

/** The server takes prompts, as often as they are sent, and remembers what it answered. */
function takePrompts() {
  const taken = new Map<string, object>();
  server.routes.set(`POST /api/conversations/${conversationId}/messages`, (_request, response, body) => {
    const { id, parts, parentId } = body as {
      id: string;
      parts: [{ text: string }];
      parentId?: string | null;
    };
    const before = taken.get(id);
    if (before) return answerJson(response, 200, before);
    const { prompt, answer, generation } = appendPrompt(parts[0].text, {
      id,
      ...(parentId !== undefined && { parentId }),
    });
    const sent = { messageId: prompt.id, answerId: answer.id, generationId: generation.id, sequence: 1 };
    taken.set(id, sent);
    answerJson(response, 202, sent);
  });
  return taken;
}

function refusePrompts(answer: (response: ServerResponse) => void) {
  server.routes.set(`POST /api/conversations/${conversationId}/messages`, (_request, response) =>
    answer(response),
  );
}

function setUp(
  snapshot: Snapshot = emptySnapshot(conversationId, NOW),
  { storage = createFakeStorage(), clock = createFakeClock(), world = createFakeWorld() } = {},
) {
  const frames: (() => void)[] = [];
  const deps = { fetch: server.fetch, clock, world, random: () => 0.5 };
  const api = createApi(deps);
  const line = createTabLine({ ...deps, isThere: api.isThere });
  const log = { after: () => 0 };
  const follow = (name: string, reader: Reader) => {
    log.after = reader.after;
    return line.follow(name, reader);
  };
  const tabLine = { follow };
  const shelf = createShelf(storage, "rejoin.a.");
  const schedule = (act: () => void) => void frames.push(act);
  const store = createConversationStore({ ...deps, api, tabLine, shelf, schedule, newId }, snapshot);
  const told = vi.fn();
  store.subscribe(told);
  const paint = () => {
    for (const act of frames.splice(0)) act();
  };
  /** Paints frames until the view is as expected. */
  const shows = (expected: object) =>
    soon(() => {
      paint();
      expect(store.getView()).toMatchObject(expected);
    });
  const isTrue = () =>
    soon(() => {
      paint();
      expect(store.getView().snapshot).toEqual(truth());
    });
  return { store, storage, shelf, clock, world, frames, paint, shows, isTrue, told, log };
}

const texts = (messages: Message[]) =>
  messages.map(({ parts }) => parts.map((part) => (part.type === "text" ? part.text : "")).join(""));

describe("what the log brings", () => {
  test("the store starts from the page's snapshot and folds what came after it", async () => {
    const { generation } = appendPrompt("Hello");
    start(generation);
    words(generation, "Hi ");
    const { store, isTrue } = setUp(truth());
    words(generation, "there");
    store.connect();
    await isTrue();
    expect(texts(store.getView().path)).toEqual(["Hello", "Hi there"]);
    expect(store.getView().generation?.id).toBe(generation.id);
    expect(server.asked).toEqual([[{ log: conversationId, after: 6 }]]);
  });

  test("a hundred entries between two frames are told once", async () => {
    const { generation } = appendPrompt("count");
    start(generation);
    const { store, log, frames, paint, told } = setUp(truth());
    store.connect();
    await soon(() => expect(server.open.size).toBe(1));
    for (let number = 1; number <= 100; number++) words(generation, `${number} `);
    await soon(() => expect(log.after()).toBe(truth().sequence));
    expect(frames).toHaveLength(1);
    expect(told).not.toHaveBeenCalled();
    paint();
    expect(told).toHaveBeenCalledOnce();
    expect(store.getView().snapshot).toEqual(truth());
  });

  test("messages that nobody wrote to keep their identity, and so does a view that nothing changed", async () => {
    const first = appendPrompt("one");
    start(first.generation);
    end(first.generation);
    const second = appendPrompt("two");
    start(second.generation);
    const { store, isTrue, paint } = setUp(truth());
    store.connect();
    const before = store.getView();
    words(second.generation, "x");
    await isTrue();
    const after = store.getView();
    expect(after.path.slice(0, 3).every((one, index) => one === before.path[index])).toBe(true);
    expect(after.path[3]).not.toBe(before.path[3]);
    expect(after.pending).toBe(before.pending);
    paint();
    expect(store.getView()).toBe(after);
  });

  test("a prompt from another device, its answer and a new title come without a reload", async () => {
    appendPrompt("here");
    const { store, isTrue } = setUp(truth());
    store.connect();
    await soon(() => expect(server.open.size).toBe(1));
    const elsewhere = appendPrompt("elsewhere");
    start(elsewhere.generation);
    words(elsewhere.generation, "An answer");
    append({ type: "conversation-changed", conversation: { ...truth().conversation, title: "Two places" } });
    await isTrue();
    expect(texts(store.getView().path)).toEqual(["here", "", "elsewhere", "An answer"]);
  });

  test("a snapshot is loaded where the log cannot be followed", async () => {
    const { generation } = appendPrompt("Hello");
    start(generation);
    words(generation, "Hi");
    const ahead = { ...truth(), sequence: 90 };
    server.routes.set(`GET /api/conversations/${conversationId}`, (_request, response) =>
      answerJson(response, 200, truth()),
    );
    const { store, isTrue } = setUp(ahead);
    store.connect();
    await isTrue();
    words(generation, " there");
    await isTrue();
  });

  test("a conversation that is deleted elsewhere is gone here, with its last words", async () => {
    appendPrompt("Hello");
    const { store, shows } = setUp(truth());
    store.connect();
    await soon(() => expect(server.open.size).toBe(1));
    append({ type: "conversation-deleted" });
    await shows({ gone: "deleted" });
    expect(texts(store.getView().path)).toEqual(["Hello", ""]);
  });
});

describe("which generation is shown", () => {
  test("the one that runs, with those behind it as queued", async () => {
    const first = appendPrompt("one");
    start(first.generation);
    const second = appendPrompt("two");
    const { store } = setUp(truth());
    expect(store.getView().generation?.id).toBe(first.generation.id);
    expect(store.getView().queued.map(({ id }) => id)).toEqual([second.generation.id]);
  });

  test("one on another branch is not", async () => {
    const first = appendPrompt("one");
    start(first.generation);
    const edited = appendPrompt("one, edited", { parentId: null });
    end(edited.generation);
    const { store } = setUp(truth());
    expect(texts(store.getView().path)).toEqual(["one, edited", ""]);
    expect(store.getView().generation).toBeUndefined();
  });
});

describe("sending", () => {
  test("a prompt is shown at once, and once, until the log has it", async () => {
    takePrompts();
    const { store, isTrue, shows } = setUp();
    store.connect();
    const id = store.send("Hello");
    expect(store.getView().pending).toMatchObject([{ id, state: "sending" }]);
    await shows({ pending: [] });
    await isTrue();
    expect(texts(store.getView().path)).toEqual(["Hello", ""]);
  });

  test("a conversation that the server does not know is not asked for before its first prompt is accepted", async () => {
    const { store, shows, isTrue } = setUp();
    store.connect();
    await Promise.resolve();
    expect(server.asked).toEqual([]);
    takePrompts();
    store.send("Hello");
    await shows({ pending: [] });
    await isTrue();
    expect(server.asked[0]).toEqual([{ log: conversationId, after: 0 }]);
  });

  test("a lost answer to a send costs nothing: the same prompt under the same id, once", async () => {
    const taken = takePrompts();
    const name = `POST /api/conversations/${conversationId}/messages`;
    const take = server.routes.get(name);
    server.routes.set(name, (request, _response, body) => {
      // The server commits, and the network loses the answer.
      const lost = {
        writeHead: () => lost,
        end: () => request.socket.destroy(),
      } as unknown as ServerResponse;
      take?.(request, lost, body);
      server.routes.set(name, take ?? (() => {}));
    });
    const { store, clock, shows } = setUp();
    store.connect();
    const id = store.send("Hello");
    await shows({ pending: [{ id, state: "waiting" }] });
    clock.advance(125);
    await shows({ pending: [] });
    expect([...taken.keys()]).toEqual([id]);
    expect(server.calls.filter((call) => call.name === name)).toHaveLength(2);
    expect(texts(store.getView().path)).toEqual(["Hello", ""]);
  });

  test.each([500, 502, 503])(
    "a server that answers %i is asked again, and the text is kept",
    async (status) => {
      refusePrompts((response) => answerProblem(response, status, "internal"));
      const { store, clock, world, shows } = setUp();
      store.connect();
      store.send("Hello");
      await shows({ pending: [{ state: "waiting", detail: "It is internal." }] });
      clock.advance(125);
      await soon(() => expect(server.calls).toHaveLength(2));
      takePrompts();
      await soon(() => expect(clock.pending()).toContain(250));
      world.tell("online");
      await shows({ pending: [] });
    },
  );

  test("prompts are asked in the order in which they were written, also when the first has to wait", async () => {
    refusePrompts((response) => void response.destroy());
    const { store, clock, shows } = setUp();
    store.connect();
    store.send("first");
    store.send("second");
    await shows({ pending: [{ state: "waiting" }, { state: "sending" }] });
    takePrompts();
    clock.advance(125);
    await shows({ pending: [] });
    expect(texts(store.getView().path)).toEqual(["first", "", "second", ""]);
  });

  test("a prompt that is refused stays, with the server's sentence, and others go on", async () => {
    refusePrompts((response) => answerProblem(response, 413, "too-large"));
    const { store, shows } = setUp();
    store.connect();
    const id = store.send("long");
    await shows({ pending: [{ id, state: "refused", code: "too-large", detail: "It is too-large." }] });
    takePrompts();
    store.send("short");
    await shows({ path: [{}, {}], pending: [{ id, state: "refused" }] });
    expect(texts(store.getView().path)).toEqual(["short", ""]);

    store.resend(id);
    await shows({ pending: [] });
    expect(texts(store.getView().path)).toEqual(["short", "", "long", ""]);
  });

  test("a refused prompt that is discarded is gone, also after a reload", async () => {
    refusePrompts((response) => answerProblem(response, 413, "too-large"));
    const { store, storage, shows } = setUp();
    const id = store.send("long");
    await shows({ pending: [{ state: "refused" }] });
    store.discard(id);
    expect(store.getView().pending).toEqual([]);
    const reloaded = setUp(undefined, { storage });
    reloaded.store.connect();
    expect(reloaded.store.getView().pending).toEqual([]);
  });

  test("a prompt that goes to a place of its own is shown there, before the server has it", async () => {
    const first = appendPrompt("one");
    end(first.generation);
    const second = appendPrompt("two");
    end(second.generation);
    refusePrompts((response) => void response.destroy());
    const { store } = setUp(truth());
    store.connect();
    store.send("two, edited", { parentId: first.answer.id });
    expect(texts(store.getView().path)).toEqual(["one", ""]);
    store.discard(store.getView().pending[0]?.id ?? "");
    expect(texts(store.getView().path)).toEqual(["one", "", "two", ""]);
    store.send("one, edited", { parentId: null });
    expect(store.getView().path).toEqual([]);
  });

  test("leaving the page does not take a prompt back", async () => {
    const taken = takePrompts();
    const { store } = setUp();
    const leave = store.connect();
    const id = store.send("Hello");
    leave();
    await soon(() => expect([...taken.keys()]).toEqual([id]));
  });
});

describe("a reload", () => {
  test("finds the prompt that was waiting, and sends it", async () => {
    refusePrompts((response) => void response.destroy());
    const before = setUp();
    const id = before.store.send("typed on a train");
    await before.shows({ pending: [{ id, state: "waiting" }] });

    takePrompts();
    const { store, shows } = setUp(undefined, { storage: before.storage });
    expect(store.getView().pending).toEqual([]);
    store.connect();
    expect(store.getView().pending).toMatchObject([{ id, state: "sending" }]);
    await shows({ pending: [] });
    expect(texts(store.getView().path)).toEqual(["typed on a train", ""]);
    expect(before.shelf.names()).toEqual([]);
  });

  test("finds a refused prompt refused, and does not send it by itself", async () => {
    refusePrompts((response) => answerProblem(response, 413, "too-large"));
    const before = setUp();
    before.store.send("long");
    await before.shows({ pending: [{ state: "refused" }] });

    const { store } = setUp(undefined, { storage: before.storage });
    store.connect();
    expect(store.getView().pending).toMatchObject([{ state: "refused", detail: "It is too-large." }]);
    expect(server.calls).toHaveLength(1);
  });

  test("after signing in again sends what was refused for that reason alone", async () => {
    refusePrompts((response) => answerProblem(response, 401, "not-signed-in"));
    const before = setUp();
    before.store.send("Hello");
    await before.shows({ pending: [{ state: "refused", code: "not-signed-in" }] });

    takePrompts();
    const { store, shows } = setUp(undefined, { storage: before.storage });
    store.connect();
    await shows({ path: [{}, {}], pending: [] });
  });

  test("does not show a prompt twice that the page already has", async () => {
    takePrompts();
    const before = setUp();
    const id = before.store.send("Hello");
    // As if the tab had died between the server's answer and our noting it.
    const kept = before.shelf.read(`outbox.${conversationId}.${id}`) ?? "";
    await before.shows({ pending: [{ state: "accepted" }] });
    before.shelf.write(`outbox.${conversationId}.${id}`, kept);

    const { store } = setUp(truth(), { storage: before.storage });
    store.connect();
    expect(store.getView().pending).toEqual([]);
    expect(before.shelf.names()).toEqual([]);
  });
});

describe("two tabs of one browser", () => {
  test("that both hold a prompt send it once", async () => {
    refusePrompts((response) => void response.destroy());
    const one = setUp();
    const id = one.store.send("Hello");
    await one.shows({ pending: [{ state: "waiting" }] });
    const other = setUp(undefined, { storage: one.storage });
    one.store.connect();
    other.store.connect();
    await other.shows({ pending: [{ id, state: "waiting" }] });

    const taken = takePrompts();
    one.world.tell("online");
    other.world.tell("online");
    await one.shows({ pending: [], path: [{}, {}] });
    await other.shows({ pending: [], path: [{}, {}] });
    expect([...taken.keys()]).toEqual([id]);
    expect(one.store.getView().snapshot).toEqual(other.store.getView().snapshot);
  });

  test("do not send what was discarded in one of them", async () => {
    refusePrompts((response) => void response.destroy());
    const one = setUp();
    const id = one.store.send("Hello");
    await one.shows({ pending: [{ state: "waiting" }] });
    const other = setUp(undefined, { storage: one.storage });
    other.store.connect();
    await other.shows({ pending: [{ id, state: "waiting" }] });

    const calls = server.calls.length;
    one.store.discard(id);
    other.world.tell("online");
    await other.shows({ pending: [] });
    expect(server.calls).toHaveLength(calls);
  });
});

describe("cancelling", () => {
  const cancelCalls = () =>
    server.calls.filter(({ name }) => name.endsWith("/cancel")).map(({ name }) => name);
  const pathOf = (generation: Generation) => `POST /api/generations/${generation.id}/cancel`;

  function takeCancels(generation: Generation) {
    server.routes.set(pathOf(generation), (_request, response) => {
      end(generation, "cancelled");
      const { sequence } = truth();
      answerJson(response, 200, { generation: { ...generation, status: "cancelled" }, sequence });
    });
  }

  test("names the generation that is shown, and its end comes by the log", async () => {
    const { generation } = appendPrompt("count");
    start(generation);
    takeCancels(generation);
    const { store, isTrue, shows } = setUp(truth());
    store.connect();
    store.cancel();
    store.cancel();
    expect(store.getView().cancelling).toEqual([generation.id]);
    await shows({ generation: undefined, cancelling: [] });
    await isTrue();
    expect(cancelCalls()).toHaveLength(1);
  });

  test("without a network is heard when it is back, also after a reload", async () => {
    const { generation } = appendPrompt("count");
    start(generation);
    server.routes.set(pathOf(generation), (_request, response) => response.destroy());
    const before = setUp(truth());
    before.store.cancel();
    await soon(() => expect(cancelCalls()).toHaveLength(1));

    takeCancels(generation);
    const { store, shows } = setUp(truth(), { storage: before.storage });
    store.connect();
    await shows({ generation: undefined, cancelling: [] });
    await soon(() => expect(before.shelf.names()).toEqual([]));
  });

  test("that is refused lets the person try again", async () => {
    const { generation } = appendPrompt("count");
    start(generation);
    server.routes.set(pathOf(generation), (_request, response) => answerProblem(response, 404, "not-found"));
    const { store, shows } = setUp(truth());
    store.cancel();
    await shows({ cancelling: [] });
    store.cancel();
    await soon(() => expect(cancelCalls()).toHaveLength(2));
  });

  test("with nothing to cancel does nothing", () => {
    const { store } = setUp();
    store.cancel();
    expect(server.calls).toEqual([]);
  });
});

describe("other answers", () => {
  test("are asked for once, under an id of their own, however often the network fails", async () => {
    const { answer, generation, prompt } = appendPrompt("Hello");
    end(generation);
    const name = `POST /api/messages/${answer.id}/regenerate`;
    server.routes.set(name, (_request, response) => response.destroy());
    const { store, clock } = setUp(truth());
    const asked = store.regenerate(answer.id);
    const again = store.regenerate(answer.id);
    await soon(() => expect(clock.pending()).toEqual([125]));
    server.routes.set(name, (_request, response, body) => {
      const { id } = body as { id: string };
      answerJson(response, 202, { messageId: prompt.id, answerId: id, generationId: newId(), sequence: 1 });
    });
    clock.advance(125);
    await Promise.all([asked, again]);
    expect(new Set(server.calls.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(server.calls).toHaveLength(2);
  });

  test("that are refused say why", async () => {
    const { answer } = appendPrompt("Hello");
    server.routes.set("*", (_request, response) => answerProblem(response, 400, "invalid-request"));
    const { store } = setUp(truth());
    await expect(store.regenerate(answer.id)).rejects.toMatchObject({ code: "invalid-request" });
  });

  test("are shown with all that follows them", async () => {
    const one = appendPrompt("one");
    end(one.generation);
    const two = appendPrompt("two");
    end(two.generation);
    end(appendPrompt("one, edited", { parentId: null }).generation);
    const { store, isTrue } = setUp(truth());
    store.connect();
    server.routes.set(`PATCH /api/conversations/${conversationId}`, (_request, response, body) => {
      append({ type: "leaf-changed", ...(body as { leafId: string }) });
      answerJson(response, 200, { conversation: truth().conversation, sequence: truth().sequence });
    });
    await store.show(one.prompt.id);
    await isTrue();
    expect(texts(store.getView().path)).toEqual(["one", "", "two", ""]);
  });
});

describe("being back", () => {
  test("tells how many words came in one go, for a while", async () => {
    const { generation } = appendPrompt("write");
    start(generation);
    words(generation, "One two ");
    const { store, clock, world, shows, isTrue } = setUp(truth());
    store.connect();
    await soon(() => expect(server.open.size).toBe(1));
    await isTrue();
    words(generation, "three ");
    await isTrue();
    server.script.push(() => {});
    server.cut();
    await soon(() => expect(clock.pending()).toContain(125));
    clock.advance(3_000);
    await soon(() => expect(server.asked).toHaveLength(2));
    words(generation, "four five six ");
    world.tell("online");
    await shows({ caughtUpWords: 3 });
    clock.advance(8_000);
    expect(store.getView().caughtUpWords).toBeUndefined();
  });

  test("after a moment says nothing of it", async () => {
    const { generation } = appendPrompt("write");
    start(generation);
    const { store, clock, isTrue } = setUp(truth());
    store.connect();
    await soon(() => expect(server.open.size).toBe(1));
    await soon(() => expect(clock.pending()).not.toContain(1_500));
    server.cut();
    await soon(() => expect(clock.pending()).toContain(125));
    words(generation, "one two");
    clock.advance(125);
    await isTrue();
    expect(store.getView().caughtUpWords).toBeUndefined();
  });
});

describe("a page's snapshot", () => {
  test("is taken where it is newer, and left where the store knows more", async () => {
    const { generation } = appendPrompt("Hello");
    const early = truth();
    start(generation);
    words(generation, "Hi");
    const late = truth();
    const { store } = setUp(early);
    store.adopt(late);
    expect(store.getView().snapshot).toBe(late);
    store.adopt(early);
    expect(store.getView().snapshot).toBe(late);
  });
});
