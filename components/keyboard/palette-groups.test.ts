import { Keyboard } from "lucide-react";
import { expect, test } from "vitest";
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

const listed = (query: string, found: { id: string; title: string }[] = []) =>
  paletteGroups({ query, commands, conversations, found }).map((group) => [
    group.name,
    "commands" in group
      ? group.commands.map(({ name }) => name).join(" ")
      : group.conversations.map(({ id }) => id).join(" "),
  ]);

test("before anything is typed there are the newest conversations and all commands", () => {
  expect(listed("")).toEqual([
    ["here", "stop"],
    ["conversations", "0 1 2 3"],
    ["everywhere", "settings"],
  ]);
});

test("what is typed is looked for in commands, titles and messages, each conversation once", () => {
  expect(listed("pass")).toEqual([["everywhere", "settings"]]);
  // Of a command it is the beginning of a word, or "count" would find whatever has to do with accounts.
  expect(listed("word")).toEqual([]);
  const found = [
    { id: "7", title: "Number 7" },
    { id: "x", title: "Another" },
  ];
  expect(listed("number 7", found)).toEqual([
    ["conversations", "7 17"],
    ["messages", "x"],
  ]);
  expect(listed("nothing of the kind")).toEqual([]);
});

test("words are found in any order, and however they are accented", () => {
  expect(matches("CRÈME brulee", "Brûlée, crème")).toBe(true);
  expect(matches("", "anything")).toBe(true);
  expect(matches("cream", "Crème")).toBe(false);
});
