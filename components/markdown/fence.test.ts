import { expect, test } from "vitest";
import { hasOpenFence, readFence } from "./fence.ts";

test.each([
  ["```js\na\n\nb\n```\n\n", { language: "js", code: "a\n\nb" }],
  ["```js title=x\na", { language: "js", code: "a" }],
  ["````\n```\n````", { language: "", code: "```" }],
  ["~~~\n```\n~~~", { language: "", code: "```" }],
  ["```", { language: "", code: "" }],
])("a block that is one fence is read at once: %j", (text, fence) => {
  expect(readFence(text)).toEqual(fence);
});

test.each(["words\n```\na\n```", "```\na\n```\nwords", "``` a`b\nc\n```", "    ```\n", "`a`"])(
  "every other one is left to the parser: %j",
  (text) => expect(readFence(text)).toBeUndefined(),
);

test("code is open until its fence is closed by one that is as long", () => {
  expect(hasOpenFence("words\n````js\n```\n")).toBe(true);
  expect(hasOpenFence("words\n````js\n```\n````\n")).toBe(false);
});
