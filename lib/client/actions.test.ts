import { expect, test } from "vitest";
import type { Generation, Message, Part, Snapshot } from "#lib/protocol/event";
import { createActions } from "./actions.ts";
import { emptySnapshot } from "./empty-snapshot.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeStorage } from "./fake-storage.ts";
import { createShelf } from "./shelf.ts";

const NOW = "2026-01-01T00:00:00.000Z";
const DARK = { name: "set_theme", input: { theme: "dark" } };

type Storage = ReturnType<typeof createFakeStorage>;

/** A tab; two with the same `browser` are tabs of one browser, with the same `tab` the one after the reload of the other. */
function open({
  browser = createFakeStorage(),
  tab = createFakeStorage(),
}: {
  browser?: Storage;
  tab?: Storage;
} = {}) {
  const clock = createFakeClock();
  const actions = createActions({
    clock,
    tabShelf: createShelf(tab, "rejoin.a."),
    shelf: createShelf(browser, "rejoin.a."),
  });
  return { actions, clock, browser, tab };
}

const dark = (state = "output-available", input: unknown = { theme: "dark" }): Part =>
  ({ type: "tool-set_theme", toolCallId: "call_1", state, input, output: "Told to the page." }) as Part;

const message = (
  id: string,
  role: Message["role"],
  parentId: string | null,
  parts: Part[] = [],
): Message => ({
  ...{ id, role, parentId, parts, conversationId: "c", createdAt: NOW },
});
const generation = (id: string, messageId: string): Generation => ({
  ...{
    id,
    messageId,
    conversationId: "c",
    model: "demo/demo",
    status: "running",
    attempt: 1,
    createdAt: NOW,
  },
});

function conversation(parts: Part[], generations = [generation("g1", "answer")]): Snapshot {
  return {
    ...emptySnapshot("c", NOW),
    messages: [message("prompt", "user", null), message("answer", "assistant", "prompt", parts)],
    generations,
  };
}

test("what this tab asked for is done when the log brings it, and once", () => {
  const { actions } = open();
  const read = actions.reader();
  actions.note("prompt");
  expect(read(conversation([]))).toEqual([]);
  expect(read(conversation([dark("input-available")]))).toEqual([]);
  expect(read(conversation([dark()]))).toEqual([DARK]);
  expect(read(conversation([dark()]))).toEqual([]);
  expect(read(conversation([dark(), { type: "text", text: "Done." }]))).toEqual([]);
});

test("what another device or another tab asked for is not", () => {
  const asking = open();
  const other = open({ browser: asking.browser });
  asking.actions.note("prompt");
  const read = other.actions.reader();
  read(conversation([]));
  expect(read(conversation([dark()]))).toEqual([]);
});

test("a reload does it if it came just before, and not again", () => {
  const before = open();
  before.actions.note("prompt");
  const after = open(before);
  expect(after.actions.reader()(conversation([dark()]))).toEqual([DARK]);
  expect(open(before).actions.reader()(conversation([dark()]))).toEqual([]);
});

test("a conversation that is opened later does nothing", () => {
  const { actions, clock, ...kept } = open();
  actions.note("prompt");
  clock.advance(60_001);
  expect(actions.reader()(conversation([dark()]))).toEqual([]);
  expect(open(kept).actions.reader()(conversation([dark()]))).toEqual([]);
});

test("what takes long is done all the same by whoever waits for it", () => {
  const { actions, clock } = open();
  const read = actions.reader();
  actions.note("prompt");
  read(conversation([]));
  clock.advance(3_600_000);
  expect(read(conversation([dark()]))).toEqual([DARK]);
});

test("a tab that is a copy of the one that asked does it no second time", () => {
  const { actions, browser, tab } = open();
  actions.note("prompt");
  const copy = open({ browser, tab }).actions;
  const [one, other] = [actions.reader(), copy.reader()];
  expect([...one(conversation([dark()])), ...other(conversation([dark()]))]).toEqual([DARK]);
});

test("another answer belongs to whoever wanted it, and not to whoever sent the prompt", () => {
  const again: Snapshot = {
    ...conversation([]),
    messages: [...conversation([]).messages, message("again", "assistant", "prompt", [dark()])],
    generations: [generation("g1", "answer"), generation("g2", "again")],
  };
  const [sender, wanter] = [open(), open()];
  sender.actions.note("prompt");
  wanter.actions.note("again");
  expect(sender.actions.reader()(again)).toEqual([]);
  expect(wanter.actions.reader()(again)).toEqual([DARK]);
});

test("what comes after somebody's leave belongs to them, and what came before it does not", () => {
  const [asker, allower] = [open(), open()];
  const [asked, allowed] = [asker.actions.reader(), allower.actions.reader()];
  asker.actions.note("prompt");
  const before = conversation([dark()]);
  expect(asked(before)).toEqual([DARK]);
  const [, answer] = before.messages;
  allower.actions.note("g2");
  if (answer) allower.actions.passOver(answer);
  const after = conversation([dark(), dark()], [generation("g1", "answer"), generation("g2", "answer")]);
  expect(asked(after)).toEqual([]);
  expect(allowed(after)).toEqual([DARK]);
});

test.each([
  ["of no known name", { ...dark(), type: "tool-set_fire" } as Part],
  ["of another server", { ...dark(), type: "dynamic-tool", toolName: "set_theme" } as Part],
  ["with a wrong input", dark("output-available", { theme: "url(javascript:1)" })],
  ["that failed", dark("output-error")],
  ["that is on its way", { ...dark(), preliminary: true } as Part],
])("a call %s does nothing", (_, part) => {
  const { actions } = open();
  actions.note("prompt");
  expect(actions.reader()(conversation([part]))).toEqual([]);
});

test("where nothing can be kept it is still done once", () => {
  const { clock } = open();
  const refusing = createShelf(() => {
    throw new Error("Storage is forbidden.");
  }, "rejoin.a.");
  const actions = createActions({ clock, tabShelf: refusing, shelf: refusing });
  actions.note("prompt");
  expect(actions.reader()(conversation([dark()]))).toEqual([DARK]);
  expect(actions.reader()(conversation([dark()]))).toEqual([]);
});

test("notes do not pile up", () => {
  const { actions, clock, tab, browser } = open();
  actions.note("old");
  actions.note("prompt");
  actions.reader()(conversation([dark()]));
  clock.advance(25 * 3_600_000);
  actions.note("new");
  const names = createShelf(tab, "rejoin.a.").names();
  expect(names).toEqual(["asked.new"]);
  expect(createShelf(browser, "rejoin.a.").names()).toEqual(["done.answer.0"]);
});
