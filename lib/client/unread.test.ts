import { expect, test, vi } from "vitest";
import type { ConversationItem } from "#lib/protocol/event";
import { createFakeClock } from "./fake-clock.ts";
import { createListeners } from "./listeners.ts";
import { createUnread, MARK_AFTER_MS } from "./unread.ts";

type Listed = Pick<ConversationItem, "id"> & Partial<ConversationItem>;

function setUp(...initial: Listed[]) {
  const clock = createFakeClock();
  const listeners = createListeners();
  let conversations = initial as ConversationItem[];
  const account = {
    subscribe: listeners.subscribe,
    getView: () => ({ conversations, sequence: 1 }),
  };
  const unread = createUnread({ clock, account });
  const told = vi.fn();
  unread.subscribe(told);
  const list = (...listed: Listed[]) => {
    conversations = listed as ConversationItem[];
    listeners.tell();
  };
  return { clock, unread, told, list };
}

test("a page that comes with marks shows them from its first view on", () => {
  const { unread } = setUp({ id: "a", unread: true }, { id: "b", unread: false }, { id: "c" });
  expect(unread.getView()).toEqual(["a"]);
});

test("a new mark is shown when nobody has looked for a moment", () => {
  const { clock, unread, told, list } = setUp({ id: "a" });
  list({ id: "a", unread: true });
  clock.advance(MARK_AFTER_MS - 1);
  expect(unread.getView()).toEqual([]);
  clock.advance(1);
  expect(unread.getView()).toEqual(["a"]);
  expect(told).toHaveBeenCalledTimes(1);
  expect(clock.pending()).toEqual([]);
});

test("a mark that goes again at once was never shown", () => {
  const { clock, unread, told, list } = setUp({ id: "a" });
  list({ id: "a", unread: true });
  clock.advance(MARK_AFTER_MS / 2);
  list({ id: "a", unread: false });
  clock.advance(MARK_AFTER_MS);
  expect(told).not.toHaveBeenCalled();
  list({ id: "a", unread: true });
  clock.advance(MARK_AFTER_MS / 2);
  expect(unread.getView()).toEqual([]);
  expect(clock.pending()).toEqual([MARK_AFTER_MS / 2]);
});

test("a mark goes at once where somebody looks, and the others stay", () => {
  const { unread, told, list } = setUp({ id: "a", unread: true }, { id: "b", unread: true });
  list({ id: "a", unread: false }, { id: "b", unread: true });
  expect(unread.getView()).toEqual(["b"]);
  expect(told).toHaveBeenCalledTimes(1);
});

test("what is archived or deleted is not listed, and has no mark", () => {
  const { unread, list } = setUp({ id: "a", unread: true, archived: true }, { id: "b", unread: true });
  expect(unread.getView()).toEqual(["b"]);
  list({ id: "a", unread: true, archived: true });
  expect(unread.getView()).toEqual([]);
});

test("other news of the list leaves the view as it is", () => {
  const { unread, told, list } = setUp({ id: "a", unread: true });
  const before = unread.getView();
  list({ id: "a", unread: true, title: "Rivers" }, { id: "b" });
  expect(unread.getView()).toBe(before);
  expect(told).not.toHaveBeenCalled();
});
