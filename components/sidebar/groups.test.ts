import { expect, test } from "vitest";
import { groupConversations } from "./groups.ts";

const NOW = Date.parse("2026-03-10T12:00:00Z");
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
