import { expect, test, vi } from "vitest";
import { Disconnected, ProblemError } from "./ask.ts";
import { browserClock } from "./clock.ts";
import { createFakeWorld } from "./fake-world.ts";
import { createImport } from "./import-store.ts";

const TIME = "2024-01-01T00:00:00.000Z";
const ours = (id: string) => ({
  type: "rejoin-conversation",
  version: 1,
  conversation: { id, title: `Number ${id}`, createdAt: TIME, updatedAt: TIME },
  messages: [],
});
const theirs = { id: "3", title: "Theirs", mapping: {} };

function setUp(answer: (id: string) => Promise<{ isNew: boolean }> = async () => ({ isNew: true })) {
  const importConversation = vi.fn((body: unknown) =>
    answer((body as { conversation: { id: string } }).conversation.id),
  );
  const store = createImport({
    api: { importConversation },
    clock: browserClock,
    random: () => 0,
    world: createFakeWorld(),
    schedule: (act) => act(),
  });
  return { store, importConversation };
}

const fileOf = (...elements: unknown[]) => new File([JSON.stringify(elements)], "conversations.json");

test("a file is looked through first, and taken in when it is wanted", async () => {
  const { store, importConversation } = setUp();
  await store.choose(fileOf(ours("1"), ours("2"), theirs));
  expect(store.getView()).toMatchObject({ state: "ready", found: 3, fileName: "conversations.json" });
  expect(importConversation).not.toHaveBeenCalled();
  await store.start();
  expect(store.getView()).toMatchObject({ state: "done", imported: 3, known: 0, failedCount: 0 });
  expect(
    importConversation.mock.calls.map(
      ([body]) => (body as typeof theirs & ReturnType<typeof ours>).conversation.id,
    ),
  ).toEqual(["1", "2", "chatgpt 3"]);
});

test("what fails is told and passed over, what is there is counted, and a lost network is waited for", async () => {
  let tries = 0;
  const { store } = setUp(async (id) => {
    if (id === "1") throw new ProblemError({ code: "too-large", status: 413, detail: "It is too large." });
    if (id === "2" && tries++ === 0) throw new Disconnected("no network");
    return { isNew: id !== "2" };
  });
  await store.choose(fileOf(ours("1"), ours("2"), { title: "Odd" }, theirs));
  await store.start();
  expect(store.getView()).toMatchObject({
    state: "done",
    imported: 1,
    known: 1,
    failedCount: 2,
    failed: [
      { title: "Number 1", why: "It is too large." },
      { title: "Odd", why: "This is no conversation of a ChatGPT export." },
    ],
  });
  expect(tries).toBe(2);
});

test("it can be ended, and begun again", async () => {
  const { store, importConversation } = setUp(async (id) => {
    if (id === "2" && importConversation.mock.calls.length === 2) store.cancel();
    return { isNew: importConversation.mock.calls.length < 3 };
  });
  await store.choose(fileOf(ours("1"), ours("2"), ours("4")));
  await store.start();
  expect(store.getView().state).toBe("cancelled");
  expect(importConversation).toHaveBeenCalledTimes(2);
  await store.choose(fileOf(ours("1"), ours("2"), ours("4")));
  await store.start();
  expect(store.getView()).toMatchObject({ state: "done", known: 3 });
});

test("a file that cannot be read says why, and a broken conversation in it does not hold up the others", async () => {
  const { store } = setUp();
  await store.choose(new File(["<html>"], "x.json"));
  expect(store.getView()).toMatchObject({ state: "unreadable", why: expect.stringContaining("no JSON") });
  await store.choose(new File([`[{"id" 1}, ${JSON.stringify(ours("1"))}]`], "x.json"));
  await store.start();
  expect(store.getView()).toMatchObject({ state: "done", imported: 1, failedCount: 1 });
});

test("who was signed out meanwhile is told that once, and not for each conversation", async () => {
  const { store, importConversation } = setUp(async () => {
    throw new ProblemError({ code: "not-signed-in", status: 401, detail: "Sign in again." });
  });
  await store.choose(fileOf(ours("1"), ours("2")));
  await store.start();
  expect(store.getView()).toMatchObject({ state: "unreadable", why: "Sign in again." });
  expect(importConversation).toHaveBeenCalledOnce();
});
