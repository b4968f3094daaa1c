import { afterEach, beforeEach, expect, test } from "vitest";
import type { AccountEvent, ConversationItem } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { createAccountStore } from "./account-store.ts";
import { createApi } from "./api.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeWorld } from "./fake-world.ts";
import { createTabLine } from "./tab-line.ts";
import { answerJson, type LogServer, startLogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";

let server: LogServer;
beforeEach(async () => {
  server = await startLogServer();
});
afterEach(() => server.stop());

function item(title: string, day: number, more: Partial<ConversationItem> = {}): ConversationItem {
  const updatedAt = `2026-01-${String(day).padStart(2, "0")}T00:00:00.000Z`;
  return {
    id: newId(),
    title,
    updatedAt,
    model: null,
    pinned: false,
    archived: false,
    generating: false,
    ...more,
  };
}

const append = (...events: AccountEvent[]) => server.append("account", ...events);

function setUp(conversations: ConversationItem[] = [], sequence = 0) {
  const [clock, world] = [createFakeClock(), createFakeWorld()];
  const deps = { fetch: server.fetch, clock, world, random: () => 0.5 };
  const tabLine = createTabLine({ ...deps, isThere: async () => true, report: console.error });
  const schedule = (act: () => void) => void queueMicrotask(act);
  const added: string[] = [];
  const store = createAccountStore(
    { ...deps, api: createApi(deps), tabLine, schedule, added: (id) => added.push(id) },
    { conversations, sequence },
  );
  const titles = () => store.getView().conversations.map(({ title }) => title);
  return {
    store,
    added,
    titles,
    shows: (expected: string[]) => soon(() => expect(titles()).toEqual(expected)),
  };
}

function listPages(pages: Record<string, { conversations: ConversationItem[]; next: string | null }>) {
  server.routes.set("GET /api/conversations", (request, response) => {
    const before = new URL(request.url ?? "", "http://server").searchParams.get("before") ?? "";
    answerJson(response, 200, pages[before] ?? { conversations: [], next: null });
  });
}

test("what happens on other devices comes to the list without a reload", async () => {
  const [old, other] = [item("old", 1), item("other", 2)];
  append({ type: "conversation-added", conversation: old });
  const { store, shows } = setUp([old], 1);
  store.connect();
  append({ type: "conversation-added", conversation: other });
  await shows(["other", "old"]);
  append({ type: "conversation-changed", conversation: { ...old, title: "renamed", pinned: true } });
  await shows(["renamed", "other"]);
  append({ type: "conversation-deleted", conversationId: other.id });
  await shows(["renamed"]);
});

test("a list that cannot be followed is loaded anew, and followed from there", async () => {
  append({ type: "conversation-added", conversation: item("one", 1) });
  listPages({ "": { conversations: [item("two", 2), item("pinned", 1, { pinned: true })], next: null } });
  const { store, shows } = setUp([item("stale", 9)], 70);
  store.connect();
  await shows(["pinned", "two"]);
  append({ type: "conversation-added", conversation: item("three", 3) });
  await shows(["pinned", "three", "two"]);
});

test("older conversations come page by page, and none that was deleted meanwhile", async () => {
  const [newest, older, deleted, oldest] = [
    item("newest", 9),
    item("older", 5),
    item("deleted", 4),
    item("oldest", 1),
  ];
  listPages({
    "": { conversations: [newest], next: "p1" },
    p1: { conversations: [older, deleted], next: "p2" },
    p2: { conversations: [oldest], next: null },
  });
  append({ type: "conversation-deleted", conversationId: deleted.id });
  const { store, shows } = setUp([newest]);
  store.connect();
  await soon(() => expect(server.open.size).toBe(1));
  append({ type: "conversation-changed", conversation: { ...newest, title: "the newest" } });
  await shows(["the newest"]);
  expect(await store.showOlder()).toBe(true);
  await shows(["the newest", "older"]);
  expect(await store.showOlder()).toBe(false);
  await shows(["the newest", "older", "oldest"]);
  expect(await store.showOlder()).toBe(false);
});

test("what is archived comes page by page where it is asked for, and what came back is listed again", async () => {
  const [kept, put, older] = [
    item("kept", 9),
    item("put", 5, { archived: true }),
    item("older", 4, { archived: true }),
  ];
  server.routes.set("GET /api/conversations", (request, response) => {
    const query = new URL(request.url ?? "", "http://server").searchParams;
    if (query.get("archived") !== "true")
      return answerJson(response, 200, { conversations: [kept], next: null });
    const page = query.has("before")
      ? { conversations: [older], next: null }
      : { conversations: [put], next: "p" };
    answerJson(response, 200, page);
  });
  append({ type: "conversation-deleted", conversationId: older.id });
  const { store, shows, added } = setUp([kept]);
  store.connect();
  await soon(() => expect(server.open.size).toBe(1));
  append({ type: "conversation-added", conversation: older });
  await soon(() => expect(added).toEqual([older.id]));
  expect(await store.showOlder({ archived: true })).toBe(true);
  await shows(["kept", "put", "older"]);
  expect(await store.showOlder({ archived: true })).toBe(false);
  expect(await store.showOlder()).toBe(false);
  await shows(["kept", "put", "older"]);
});

test("the view keeps its identity while nothing changes", async () => {
  const { store } = setUp([item("one", 1)]);
  expect(store.getView()).toBe(store.getView());
});
