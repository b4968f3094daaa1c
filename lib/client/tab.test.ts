import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { newId } from "#lib/protocol/ids";
import { emptySnapshot } from "./empty-snapshot.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeStorage } from "./fake-storage.ts";
import { createFakeWorld } from "./fake-world.ts";
import { createShelf } from "./shelf.ts";
import { createTab, KEPT_CONVERSATIONS } from "./tab.ts";
import { answerJson, type LogServer, startLogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";

let server: LogServer;
beforeEach(async () => {
  server = await startLogServer();
});
afterEach(() => server.stop());

const NOW = "2026-01-01T00:00:00.000Z";
const snapshotAt = (sequence: number, id = newId()) => ({ ...emptySnapshot(id, NOW), sequence });

function setUp({ storage = createFakeStorage(), accountId = "a" } = {}) {
  const shelf = createShelf(storage, `rejoin.${accountId}.`);
  const clock = createFakeClock();
  const world = createFakeWorld();
  const schedule = (act: () => void) => void queueMicrotask(act);
  return {
    clock,
    world,
    shelf,
    storage,
    tab: createTab({
      accountId,
      fetch: server.fetch,
      clock,
      world,
      random: () => 0.5,
      schedule,
      newId,
      shelf,
      upload: vi.fn(),
      prepare: vi.fn(),
      tabShelf: createShelf(createFakeStorage(), `rejoin.${accountId}.`),
      report: console.error,
    }),
  };
}

function takePrompts() {
  server.routes.set("*", (_request, response, body) => {
    const { id } = body as { id: string };
    answerJson(response, 202, { messageId: id, answerId: newId(), generationId: newId(), sequence: 2 });
  });
}

test("whoever asks for a conversation gets the same store", () => {
  const { tab } = setUp();
  const store = tab.newConversation();
  const { snapshot } = store.getView();
  store.send("Hello");
  expect(tab.conversation(snapshot)).toBe(store);
  expect(store.getView().pending).toHaveLength(1);
});

test("a page's snapshot that is older than the store changes nothing, and a newer one is taken", () => {
  const { tab } = setUp();
  const id = newId();
  const store = tab.conversation(snapshotAt(5, id));
  const newer = snapshotAt(9, id);
  tab.conversation(newer);
  expect(store.getView().snapshot).toBe(newer);
  tab.conversation(snapshotAt(7, id));
  expect(store.getView().snapshot).toBe(newer);
});

test("what is written for a conversation that has only begun is its own once the server has it", () => {
  const { tab, shelf } = setUp();
  const store = tab.newConversation();
  const { id } = store.getView().snapshot.conversation;
  tab.drafts.write(id, "and then");
  expect(shelf.read("draft.new")).toBe("and then");
  tab.conversation(snapshotAt(4, id));
  expect([shelf.read("draft.new"), shelf.read(`draft.${id}`)]).toEqual([undefined, "and then"]);
  expect(tab.drafts.read(id)).toBe("and then");
  const next = tab.newConversation().getView().snapshot.conversation.id;
  expect(tab.drafts.read(next)).toBe("");
});

test("the account and all conversations that are open come on one line", async () => {
  const { tab } = setUp();
  const [one, two] = [snapshotAt(3), snapshotAt(4)];
  for (const log of ["account", one.conversation.id, two.conversation.id]) server.append(log, {});
  tab.account({ conversations: [], sequence: 8 }).connect();
  tab.conversation(one).connect();
  tab.conversation(two).connect();
  await soon(() => expect(server.asked).toHaveLength(1));
  expect(server.asked[0]?.map(({ after }) => after)).toEqual([8, 3, 4]);
});

test("conversations that nobody looks at are forgotten in the end; one with an unsent prompt is not", async () => {
  server.routes.set("*", (_request, response) => response.destroy());
  const { tab } = setUp();
  const [looked, unsent, idle] = [snapshotAt(1), snapshotAt(1), snapshotAt(1)];
  const lookedAt = tab.conversation(looked);
  lookedAt.connect();
  const waiting = tab.conversation(unsent);
  waiting.send("Hello");
  const forgotten = tab.conversation(idle);
  for (let count = 0; count <= KEPT_CONVERSATIONS; count++) tab.conversation(snapshotAt(1));
  expect(tab.conversation(looked)).toBe(lookedAt);
  expect(tab.conversation(unsent)).toBe(waiting);
  expect(tab.conversation(idle)).not.toBe(forgotten);
});

test("a new page sends what an earlier one left unsent, though its conversation is not open", async () => {
  server.routes.set("*", (_request, response) => response.destroy());
  const before = setUp();
  before.tab.newConversation().send("typed on a train");
  await soon(() => expect(server.calls).toHaveLength(1));
  takePrompts();

  const { tab, shelf } = setUp({ storage: before.storage });
  tab.deliverErrands();
  await soon(() => expect(shelf.names()).toEqual([]));
  expect(server.calls[1]).toEqual(server.calls[0]);
});

test("a new conversation that an earlier page began has its first prompt, and becomes known with it", async () => {
  server.routes.set("*", (_request, response) => response.destroy());
  const before = setUp();
  const begun = before.tab.newConversation();
  begun.send("typed on a train");
  await soon(() => expect(server.calls).toHaveLength(1));
  takePrompts();

  const { tab } = setUp({ storage: before.storage });
  const { id } = begun.getView().snapshot.conversation;
  const store = tab.newConversation(id);
  store.connect();
  tab.deliverErrands();
  expect(tab.newConversation(id)).toBe(store);
  expect(store.getView().pending).toMatchObject([{ parts: [{ text: "typed on a train" }] }]);
  await soon(() => expect(store.getView().pending).toMatchObject([{ state: "accepted" }]));
  expect(server.calls[1]).toEqual(server.calls[0]);
  expect(server.calls).toHaveLength(2);
});

test("every request says which account it is meant for", async () => {
  const meant: unknown[] = [];
  server.routes.set("*", ({ headers }, response) => {
    meant.push(headers["rejoin-account"]);
    answerJson(response, 200, { conversations: [], next: null });
  });
  const { tab } = setUp();
  await tab.api.listConversations();
  await setUp({ accountId: "b" }).tab.api.listConversations();
  expect(meant).toEqual(["a", "b"]);
});

test("who opens the page as another account finds nothing of what was left here, and sends none of it", async () => {
  server.routes.set("*", (_request, response) => response.destroy());
  const { tab, storage } = setUp();
  const begun = tab.newConversation();
  begun.send("of the first account");
  tab.drafts.write("new", "and its draft");
  await soon(() => expect(server.calls).toHaveLength(1));

  const other = setUp({ storage, accountId: "b" }).tab;
  const store = other.newConversation(begun.getView().snapshot.conversation.id);
  store.connect();
  other.deliverErrands();
  expect(store.getView().pending).toEqual([]);
  expect(other.drafts.read("new")).toBe("");
  expect(server.calls).toHaveLength(1);
});

test("a tab made where there is no browser touches nothing of one", async () => {
  const { createBrowserTab } = await import("./tab.ts");
  const tab = createBrowserTab(newId());
  expect(tab.account({ conversations: [], sequence: 1 }).getView().sequence).toBe(1);
  expect(tab.newConversation().getView().path).toEqual([]);
  expect(tab.drafts.read("new")).toBe("");
  expect(tab.line.getView().state).toBe("connecting");
});
