import fc from "fast-check";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Block } from "streamdown";
import { expect, test } from "vitest";
import { hasOpenFence, readFence, trimEnd } from "./fence.ts";

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

test("what is read at once is what the parser reads", () => {
  const line = fc.constantFrom(
    "",
    "a",
    "  b",
    "\tc",
    "```",
    "````",
    "~~~",
    "``` x",
    "   ```",
    "    ```",
    "> d",
    "- e",
    "```js",
  );
  fc.assert(
    fc.property(fc.constantFrom("```", "```js", "~~~ts title=a", "````"), fc.array(line), (first, lines) => {
      const text = [first, ...lines].join("\n");
      const fence = readFence(text);
      if (!fence) return;
      const html = renderToStaticMarkup(
        createElement(Block, { content: text, index: 0, components: BARE } as never),
      );
      const [, language = "", code = ""] =
        /^<pre><code(?: class="language-(\w+)")?(?: \w+="[^"]*")*>([\s\S]*)<\/code><\/pre>$/.exec(html) ?? [
          "",
          "no code",
          html,
        ];
      expect(fence).toEqual({ language, code: trimEnd(code.replaceAll("&gt;", ">")) });
    }),
    { numRuns: 500 },
  );
});

const BARE = { pre: "pre", code: "code" };
