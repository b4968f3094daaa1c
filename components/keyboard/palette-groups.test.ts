import { Keyboard } from "lucide-react";
import { expect, test } from "vitest";
import type { SearchHit } from "#lib/protocol/search";
import { matches, paletteGroups } from "./palette-groups.ts";

const command = (name: string, words: string, group: "here" | "everywhere", also?: string) => ({
  name,
  run: () => {},
  listed: { words, group, also, icon: Keyboard },
});
const commands = [
  { name: "palette", run: () => {} },
  command("stop", "Stop the answer", "here"),
  command("settings", "Settings", "everywhere", "devices password"),
];
const conversations = Array.from({ length: 20 }, (_, index) => ({
  id: `${index}`,
  title: `Number ${index}`,
}));

const hit = (id: string, title: string, messageId: string | null): SearchHit => ({
  conversation: {
    id,
    title,
    updatedAt: "2026-01-01T00:00:00.000Z",
    model: null,
    pinned: false,
    archived: false,
    generating: false,
  },
  messageId,
  excerpt: [{ text: "what was said", hit: true }],
});

const listed = (query: string, hits: SearchHit[] = []) =>
  paletteGroups({ query, commands, conversations, hits }).map((group) => [
    group.name,
    "commands" in group
      ? group.commands.map(({ name }) => name).join(" ")
      : group.places.map(({ id, messageId = "" }) => id + messageId).join(" "),
  ]);

test("before anything is typed there are the newest conversations and all commands", () => {
  expect(listed("")).toEqual([
    ["here", "stop"],
    ["conversations", "0 1 2 3"],
    ["everywhere", "settings"],
  ]);
});

test("what is typed is looked for in commands, titles and messages, each title once", () => {
  expect(listed("pass")).toEqual([["everywhere", "settings"]]);
  // Of a command it is the beginning of a word, or "count" would find whatever has to do with accounts.
  expect(listed("word")).toEqual([]);
  const hits = [hit("7", "Number 7", null), hit("x", "Another", null), hit("7", "Number 7", "#m")];
  expect(listed("number 7", hits)).toEqual([
    ["conversations", "7 17"],
    ["messages", "x 7#m"],
  ]);
  expect(listed("nothing of the kind")).toEqual([]);
});

test("words are found in any order, and however they are accented", () => {
  expect(matches("CRÈME brulee", "Brûlée, crème")).toBe(true);
  expect(matches("", "anything")).toBe(true);
  expect(matches("cream", "Crème")).toBe(false);
});
