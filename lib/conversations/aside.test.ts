import { expect, test } from "vitest";
import type { Message } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { questionFor, readAside } from "./aside.ts";

const BOTH = { title: true, followUps: true };

test.each([
  ["Title: Autumn in Kyoto\nAsk: When do the leaves turn?\nAsk: How long to stay?", "Autumn in Kyoto", 2],
  [
    '**Title:** "Autumn in Kyoto."\n\n- Ask: When?\n- **Ask**: Where?\n- Ask: Who?\n- Ask: Why?',
    "Autumn in Kyoto",
    3,
  ],
  ["title： 京都の秋\nask： いつ紅葉しますか？", "京都の秋", 1],
  ["Sure! Here you go:\nTitle:\nAsk:", undefined, 0],
  ["I cannot do that.", undefined, 0],
  [`Title: ${"long ".repeat(40)}\nAsk: ${"x".repeat(141)}`, `${"long ".repeat(16).trim()}…`, 0],
  ["Title: Ask: no\nAsk: Same?\nAsk: Same?", "Ask: no", 1],
])("of %j the lines are taken that were asked for", (said, title, count) => {
  const aside = readAside(said, BOTH);
  expect([aside.title, aside.followUps.length]).toEqual([title, count]);
});

test("what nobody asked for is not taken", () => {
  const said = "Title: A\nAsk: B?";
  expect(readAside(said, { title: false, followUps: true })).toEqual({ followUps: ["B?"] });
  expect(readAside(said, { title: true, followUps: false })).toEqual({ title: "A", followUps: [] });
});

test("the question tells of the first prompt and of the last exchange, and of each as much as is needed", () => {
  const message = (role: Message["role"], text: string): Message => ({
    id: newId(),
    conversationId: newId(),
    parentId: null,
    role,
    parts: [
      { type: "reasoning", text: "hidden" },
      { type: "text", text },
    ],
    createdAt: "2026-01-01T00:00:00.000Z",
  });
  const path = [
    message("user", "first"),
    message("assistant", "second"),
    message("user", "third"),
    message("assistant", "x".repeat(5_000)),
  ];
  const question = questionFor(path, { title: true, followUps: false });
  expect(question).toMatch(/Person: first\n\nPerson: third\n\nAssistant: x+…\n/);
  expect(question).not.toMatch(/second|hidden|Ask:/);
  expect(question.length).toBeLessThan(3_000);
  expect(questionFor(path.slice(0, 2), BOTH)).toMatch(/Person: first\n\nAssistant: second\n.*Title:.*Ask:/s);
});
