import { expect, test } from "vitest";
import { groupConversations, groupsBetween, linesOf } from "./groups.ts";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const DAY = "2026-03-10T12:00:00Z";
const item = (id: string, updatedAt: string, pinned = false) => ({
  id,
  title: id,
  updatedAt,
  model: null,
  pinned,
  archived: false,
  generating: false,
});

test("pinned come first, the rest by age, and empty groups are left out", () => {
  const groups = groupConversations(
    [
      item("now", "2026-03-10T12:00:00Z"),
      item("kept", "2025-01-01T00:00:00Z", true),
      item("week", "2026-03-05T12:00:00Z"),
      item("old", "2025-06-01T00:00:00Z"),
    ],
    NOW,
  );
  expect(groups.map(({ name, conversations }) => [name, conversations.map(({ id }) => id)])).toEqual([
    ["Pinned", ["kept"]],
    ["Last 24 hours", ["now"]],
    ["Last 7 days", ["week"]],
    ["Older", ["old"]],
  ]);
});

test("a clock that is behind the server's still shows what is newest", () => {
  expect(groupConversations([item("ahead", "2026-03-10T12:05:00Z")], NOW)[0]?.name).toBe("Last 24 hours");
});

test("between two lines lies a part of the groups, each named where its name is among them", () => {
  const groups = [
    { name: "A", conversations: [item("a1", DAY), item("a2", DAY)] },
    { name: "B", conversations: [item("b1", DAY)] },
  ];
  const shown = (from: number, to: number) =>
    groupsBetween(groups, from, to).map(({ name, named, conversations }) =>
      [named ? name : name.toLowerCase(), ...conversations.map(({ id }) => id)].join(" "),
    );
  expect(linesOf(groups)).toEqual([true, false, false, true, false]);
  expect(shown(0, 5)).toEqual(["A a1 a2", "B b1"]);
  expect(shown(0, 1)).toEqual(["A"]);
  expect(shown(1, 2)).toEqual(["a a1"]);
  expect(shown(2, 4)).toEqual(["a a2", "B"]);
  expect(shown(4, 5)).toEqual(["b b1"]);
  expect(shown(3, 3)).toEqual([]);
});
