import { expect, test, vi } from "vitest";
import type { ChangeConversationBody } from "#lib/protocol/api";
import { newId } from "#lib/protocol/ids";
import { Disconnected } from "./ask.ts";
import type { ConversationStore } from "./conversation-store.ts";
import { viewOf } from "./conversation-view.ts";
import { createDraftSync, DRAFT_BLUR_MS, DRAFT_QUIET_MS, TYPING_MS } from "./draft-sync.ts";
import { createDrafts } from "./drafts.ts";
import { emptySnapshot } from "./empty-snapshot.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeStorage } from "./fake-storage.ts";
import { createFakeWorld } from "./fake-world.ts";
import { createListeners } from "./listeners.ts";
import { createShelf } from "./shelf.ts";
import { soon } from "./test-soon.ts";

/** One device with one conversation open. The server takes drafts, and tells of them when the test says so. */
function setUp({ storage = createFakeStorage(), id = newId(), draft = "", sequence = 1 } = {}) {
  const [clock, world, listeners] = [createFakeClock(), createFakeWorld(), createListeners()];
  const shelf = createShelf(storage, "rejoin.a.");
  const drafts = createDrafts(shelf);
  let view = viewAt(sequence, draft);

  function viewAt(at: number, text: string) {
    const empty = emptySnapshot(id, "2026-01-01T00:00:00.000Z");
    const conversation = { ...empty.conversation, draft: text === "" ? null : text };
    return viewOf({
      snapshot: { ...empty, conversation, sequence: at },
      pending: [],
      cancelling: [],
      approving: [],
    });
  }

  const told: unknown[] = [];
  let failure: Error | undefined;
  const changeConversation = vi.fn(async (_id: string, body: ChangeConversationBody) => {
    if (failure) throw failure;
    told.push(body.draft);
    return { conversation: view.snapshot.conversation, sequence: view.snapshot.sequence + 1 };
  });
  const store: Pick<ConversationStore, "subscribe" | "getView"> = {
    subscribe: listeners.subscribe,
    getView: () => view,
  };
  const sync = createDraftSync(
    { api: { changeConversation }, drafts, clock, world, random: () => 0.5 },
    store,
  );
  return {
    ...{ clock, world, drafts, storage, id, sync, told, changeConversation },
    leave: sync.connect(),
    text: () => drafts.read(id),
    type: (text: string) => drafts.write(id, text),
    fail: (error: Error | undefined) => {
      failure = error;
    },
    /** The log brings what the server has. */
    hears(text: string, at = view.snapshot.sequence + 1) {
      view = viewAt(at, text);
      listeners.tell();
    },
  };
}

test("the server is told once nobody has typed for a moment, and not in between", async () => {
  const { type, clock, told } = setUp();
  for (const text of ["h", "he", "hel"]) {
    type(text);
    clock.advance(DRAFT_QUIET_MS - 1);
    expect(told).toEqual([]);
  }
  clock.advance(1);
  await soon(() => expect(told).toEqual(["hel"]));
  expect(clock.pending()).toEqual([]);
});

test("whoever leaves the field, the page or the conversation has told it", async () => {
  for (const leaving of ["field", "page", "conversation"]) {
    const { type, sync, world, leave, clock, told } = setUp();
    type("hello");
    if (leaving === "field") sync.left();
    if (leaving === "page") world.tell("hidden");
    if (leaving === "conversation") leave();
    clock.advance(DRAFT_BLUR_MS);
    await soon(() => expect(told).toEqual(["hello"]));
  }
});

test("what is sent before that was never a draft", async () => {
  const { type, sync, clock, told } = setUp();
  type("hello");
  sync.left();
  type("");
  clock.advance(DRAFT_QUIET_MS * 2);
  await Promise.resolve();
  expect(told).toEqual([]);
});

test("what another device typed is there, and is not told again", async () => {
  const { hears, text, clock, told } = setUp();
  hears("from the phone");
  expect(text()).toBe("from the phone");
  clock.advance(DRAFT_QUIET_MS);
  expect(told).toEqual([]);
  hears("");
  expect(text()).toBe("");
});

test("what was typed here and nobody was told of stays, and is told", async () => {
  const { type, hears, text, clock, told } = setUp();
  type("mine");
  hears("from the phone");
  expect(text()).toBe("mine");
  clock.advance(DRAFT_QUIET_MS);
  await soon(() => expect(told).toEqual(["mine"]));
});

test("nothing is changed before the eyes of who has just typed, and then it is", async () => {
  const { type, hears, text, clock, told, drafts, id } = setUp();
  type("mine");
  clock.advance(DRAFT_QUIET_MS);
  await soon(() => expect(told).toEqual(["mine"]));
  await soon(() => expect(drafts.isTold(id)).toBe(true));
  hears("mine");
  hears("mine, and more");
  expect(text()).toBe("mine");
  clock.advance(TYPING_MS);
  expect(text()).toBe("mine, and more");
});

test("a log that lags behind what was told takes nothing back", async () => {
  const { type, hears, text, clock, drafts, id } = setUp({ sequence: 5 });
  type("mine");
  clock.advance(DRAFT_QUIET_MS);
  await soon(() => expect(drafts.isTold(id)).toBe(true));
  clock.advance(TYPING_MS);
  hears("", 5);
  expect(text()).toBe("mine");
  hears("", 7);
  expect(text()).toBe("");
});

test("without a network it is told as soon as there is one, as it is by then", async () => {
  const { type, fail, clock, world, told, changeConversation } = setUp();
  fail(new Disconnected("no network"));
  type("one");
  clock.advance(DRAFT_QUIET_MS);
  await soon(() => expect(changeConversation).toHaveBeenCalledTimes(1));
  type("one two");
  fail(undefined);
  await soon(() => {
    world.tell("online");
    expect(told.at(0)).toBeDefined();
  });
  clock.advance(DRAFT_QUIET_MS);
  await soon(() => {
    clock.advance(DRAFT_QUIET_MS);
    expect(told.at(-1)).toBe("one two");
  });
});

test("what is too long stays on its device", async () => {
  const { type, clock, told, text } = setUp();
  type("a".repeat(20_001));
  clock.advance(DRAFT_QUIET_MS);
  await Promise.resolve();
  expect(told).toEqual([]);
  expect(text()).toHaveLength(20_001);
});

test("after a reload, what was told gives way and what was not stays", async () => {
  const first = setUp();
  first.type("told");
  first.clock.advance(DRAFT_QUIET_MS);
  await soon(() => expect(first.drafts.isTold(first.id)).toBe(true));
  const again = setUp({ storage: first.storage, id: first.id, draft: "", sequence: 9 });
  expect(again.text()).toBe("");
  again.type("not told");
  const last = setUp({ storage: first.storage, id: first.id, draft: "", sequence: 9 });
  expect(last.text()).toBe("not told");
  last.clock.advance(DRAFT_QUIET_MS);
  await soon(() => expect(last.told).toEqual(["not told"]));
});
