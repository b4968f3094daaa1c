import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { newId } from "#lib/protocol/ids";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeStorage } from "./fake-storage.ts";
import { createFakeWorld } from "./fake-world.ts";
import { createShelf } from "./shelf.ts";
import { createTab } from "./tab.ts";
import { LEFT_AFTER_MS } from "./temporary.ts";
import { answerJson, type LogServer, startLogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";

let server: LogServer;
beforeEach(async () => {
  server = await startLogServer();
});
afterEach(() => server.stop());

function setUp(storage = createFakeStorage()) {
  const shelf = createShelf(storage, "rejoin.a.");
  const clock = createFakeClock();
  const tab = createTab({
    accountId: "a",
    fetch: server.fetch,
    clock,
    world: createFakeWorld(),
    random: () => 0.5,
    schedule: (act) => void queueMicrotask(act),
    newId,
    shelf,
    upload: vi.fn(),
    prepare: vi.fn(),
    tabShelf: createShelf(createFakeStorage(), "rejoin.a."),
    report: console.error,
  });
  return { tab, clock, shelf, storage };
}

/** A conversation in which one prompt was sent, and taken, and another one is on its way. */
async function begun({ tab }: ReturnType<typeof setUp>, temporary: boolean) {
  const store = tab.newConversation(undefined, { temporary });
  const { id } = store.getView().snapshot.conversation;
  server.routes.set(`POST /api/conversations/${id}/messages`, (_request, response, body) => {
    const { id: messageId } = body as { id: string };
    answerJson(response, 202, { messageId, answerId: newId(), generationId: newId(), sequence: 2 });
  });
  server.routes.set(
    `DELETE /api/conversations/${id}`,
    (_request, response) => void response.writeHead(204).end(),
  );
  server.append(id, {});
  const leave = store.connect();
  store.send("Hello");
  await soon(() => expect(store.getView().pending).toMatchObject([{ state: "accepted" }]));
  server.routes.set(`POST /api/conversations/${id}/messages`, (_request, response) => response.destroy());
  store.send("And then?");
  tab.drafts.write(id, "half a word");
  const calls = (method: string) =>
    server.calls.filter(({ name }) => name.startsWith(`${method} /api/conversations/${id}`));
  return { store, id, leave, calls };
}

test("a temporary conversation is erased when it is left, and nothing of it stays in the browser", async () => {
  const world = setUp();
  const { id, leave, calls } = await begun(world, true);
  await soon(() => expect(calls("POST")).toHaveLength(2));
  expect(calls("POST").map(({ body }) => body)).toMatchObject([{ temporary: true }, { temporary: true }]);
  leave();
  world.clock.advance(LEFT_AFTER_MS);
  await soon(() => expect(calls("DELETE")).toHaveLength(1));
  expect(world.shelf.names()).toEqual([]);
  expect(world.tab.newConversation(id).getView().snapshot.conversation.temporary).toBeUndefined();
});

test("whoever draws it anew has not left it, and no other conversation is erased", async () => {
  const world = setUp();
  const [fleeting, lasting] = [await begun(world, true), await begun(world, false)];
  fleeting.leave();
  fleeting.store.connect();
  lasting.leave();
  world.clock.advance(LEFT_AFTER_MS);
  await Promise.resolve();
  expect([...fleeting.calls("DELETE"), ...lasting.calls("DELETE")]).toEqual([]);
  expect(lasting.calls("POST").at(-1)?.body).not.toHaveProperty("temporary");
  expect(world.tab.drafts.read(lasting.id)).toBe("half a word");
});

test("one that nobody ever sent anything in is not there to be erased", async () => {
  const { tab, clock, shelf } = setUp();
  const store = tab.newConversation(undefined, { temporary: true });
  store.connect()();
  clock.advance(LEFT_AFTER_MS);
  await Promise.resolve();
  expect(server.calls).toEqual([]);
  expect(shelf.names()).toEqual([]);
});

test("a reload goes on with it, and what a closed tab left behind is not sent after all", async () => {
  const world = setUp();
  const { id } = await begun(world, true);
  const reloaded = setUp(world.storage);
  const store = reloaded.tab.newConversation(id);
  expect(store.getView().snapshot.conversation.temporary).toBe(true);
  store.connect();
  reloaded.tab.deliverErrands();
  expect(store.getView().pending.map(({ parts }) => parts)).toEqual([[{ type: "text", text: "And then?" }]]);
  expect(reloaded.tab.drafts.read(id)).toBe("half a word");
  const other = setUp(world.storage);
  const before = server.calls.length;
  other.tab.deliverErrands();
  await Promise.resolve();
  expect(server.calls).toHaveLength(before);
  expect(other.shelf.names().filter((name) => !name.startsWith("temporary."))).toEqual([]);
});
