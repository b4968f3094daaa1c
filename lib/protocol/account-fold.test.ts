import fc from "fast-check";
import { expect, test } from "vitest";
import { foldAccount } from "./account-fold.ts";
import { numberedId } from "./arbitrary-log.ts";
import type { AccountEntry, AccountEvent, AccountSnapshot, ConversationItem } from "./event.ts";
import { LogGap } from "./fold.ts";

const empty: AccountSnapshot = { conversations: [], sequence: 0 };

function item(number: number, seconds: number, more: Partial<ConversationItem> = {}): ConversationItem {
  return {
    id: numberedId(number),
    title: "New conversation",
    updatedAt: new Date(seconds * 1000).toISOString(),
    model: null,
    pinned: false,
    archived: false,
    generating: false,
    ...more,
  };
}

function told(snapshot: AccountSnapshot, events: AccountEvent[]): AccountSnapshot {
  return events.reduce((now, event) => {
    const sequence = now.sequence + 1;
    return foldAccount(now, { first: sequence, sequence, event });
  }, snapshot);
}

const added = (conversation: ConversationItem): AccountEvent => ({
  type: "conversation-added",
  conversation,
});
const changed = (conversation: ConversationItem): AccountEvent => ({
  type: "conversation-changed",
  conversation,
});
const deleted = (number: number): AccountEvent => ({
  type: "conversation-deleted",
  conversationId: numberedId(number),
});

test("pinned conversations come first, then the newest, and the newer id where the time is the same", () => {
  const events = [
    item(1, 10),
    item(2, 30),
    item(3, 20, { pinned: true }),
    item(4, 10),
    item(5, 5, { pinned: true }),
  ].map(added);
  expect(told(empty, events).conversations.map(({ id }) => id)).toEqual([3, 5, 2, 4, 1].map(numberedId));
});

test("times are compared as times, however they are written", () => {
  const whole = { ...item(1, 0), updatedAt: "2026-01-01T00:00:00Z" };
  const later = { ...item(2, 0), updatedAt: "2026-01-01T00:00:00.5Z" };
  expect(told(empty, [whole, later].map(added)).conversations).toEqual([later, whole]);
});

test("a change moves a conversation to its place, and adds one that was not listed", () => {
  const before = told(empty, [item(1, 10), item(2, 20)].map(added));
  const after = told(before, [changed(item(1, 30, { title: "Rivers" })), changed(item(3, 25))]);
  expect(after.conversations).toEqual([item(1, 30, { title: "Rivers" }), item(3, 25), item(2, 20)]);
  expect(after.conversations[2]).toBe(before.conversations[0]);
});

test("what is deleted is gone, and deleting it again changes nothing", () => {
  const gone = told(empty, [added(item(1, 10)), added(item(2, 20)), deleted(1), deleted(1)]);
  expect(gone).toEqual({ conversations: [item(2, 20)], sequence: 4 });
});

test("events that are not known move the number alone", () => {
  const unknown = { type: "conversation-shared" } as unknown as AccountEvent;
  expect(told(told(empty, [added(item(1, 10))]), [unknown])).toEqual({
    conversations: [item(1, 10)],
    sequence: 2,
  });
});

test("an entry that was taken before changes nothing, and a missing one is a gap", () => {
  const now = told(empty, [added(item(1, 10)), added(item(2, 20))]);
  const at = (first: number, sequence: number): AccountEntry => ({ first, sequence, event: deleted(1) });
  expect(foldAccount(now, at(2, 2))).toBe(now);
  expect(() => foldAccount(now, at(4, 4))).toThrow(LogGap);
  expect(() => foldAccount(now, at(2, 3))).toThrow(LogGap);
});

test("in whatever order changes come, the list is in order and holds each conversation once", () => {
  const change = fc
    .tuple(fc.nat({ max: 5 }), fc.nat({ max: 3 }), fc.boolean())
    .map(([number, seconds, pinned]) => changed(item(number, seconds, { pinned })));
  const event = fc.oneof(change, change, fc.nat({ max: 5 }).map(deleted));
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const { conversations } = told(empty, events);
      const keys = conversations.map(({ pinned, updatedAt, id }) => `${pinned ? 1 : 0} ${updatedAt} ${id}`);
      expect(keys).toEqual([...keys].sort().reverse());
      expect(new Set(conversations.map(({ id }) => id)).size).toBe(conversations.length);
    }),
  );
});
