import { expect, test } from "vitest";
import type { Message } from "#lib/protocol/event";
import { caughtUpWords } from "./caught-up-words.ts";

function said(text: string, { id = "a", role = "assistant" as Message["role"] } = {}): Message {
  const createdAt = "2026-01-01T00:00:00.000Z";
  return { id, conversationId: "c", parentId: null, role, parts: [{ type: "text", text }], createdAt };
}

test.each([
  { before: [said("one two")], now: [said("one two three  four\n")], words: 2 },
  { before: [], now: [said("all of it"), said("and more", { id: "b" })], words: 5 },
  { before: [], now: [said("a prompt is no answer", { role: "user" })], words: 0 },
  { before: [said("begun anew, after a restart")], now: [said("begun")], words: 0 },
  { before: [said("你好")], now: [said("你好世界 ok")], words: 3 },
])("$words words more", ({ before, now, words }) => {
  expect(caughtUpWords(before, now)).toBe(words);
});
