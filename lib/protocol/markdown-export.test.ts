import { expect, test } from "vitest";
import { emptyMessage, emptySnapshot, numberedId } from "./arbitrary-log.ts";
import type { Part, Snapshot } from "./event.ts";
import { toMarkdown } from "./markdown-export.ts";

const [prompt, other, answer] = [1, 2, 3].map(numberedId) as [string, string, string];

test("the shown branch is written down: who said what, when and with which model", () => {
  const parts: Part[] = [
    { type: "reasoning", text: "left out" },
    { type: "text", text: "It is **sunny**.\n" },
    { type: "tool-weather", toolCallId: "1", state: "output-available", input: {}, output: "left out" },
    { type: "text", text: "And warm." },
    { type: "source-url", sourceId: "1", url: "https://sky.example/a b", title: "The\nsky" },
    { type: "source-url", sourceId: "2", url: "https://sky.example/a b", title: "The sky" },
    { type: "source-url", sourceId: "3", url: "javascript:alert(1)" },
  ];
  const snapshot: Snapshot = {
    ...emptySnapshot(3),
    messages: [
      { ...emptyMessage(other, "user"), parts: [{ type: "text", text: "another wording" }] },
      {
        ...emptyMessage(prompt, "user"),
        parts: [
          { type: "text", text: "# How is it?" },
          { type: "file", mediaType: "image/png", url: "data:,", filename: "sky.png" },
        ],
      },
      { ...emptyMessage(answer), parentId: prompt, model: "demo/demo", parts },
    ],
  };
  const conversation = { ...snapshot.conversation, title: "The\nweather", leafId: answer };
  expect(toMarkdown({ ...snapshot, conversation })).toBe(`# The weather

## You · 1970-01-01 00:00 UTC

# How is it?

*File: sky.png*

## demo/demo · 1970-01-01 00:00 UTC

It is **sunny**.

And warm.

Sources:

- The sky: <https://sky.example/a%20b>
`);
});

test("of a conversation in which nothing is said there is its title", () => {
  expect(toMarkdown(emptySnapshot(0))).toBe("# New conversation\n");
});
