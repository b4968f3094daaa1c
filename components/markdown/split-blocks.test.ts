import fc from "fast-check";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Block } from "streamdown";
import { describe, expect, test } from "vitest";
import { createSplitter } from "./split-blocks.ts";

/**
 * The parser reads no list there that begins with another number than 1, or with nothing in its first item, though one may
 * stand there. On its own it is one.
 */
const CODE_THEN_LIST = /^ {4}.*\n\s*\n {0,3}((?!1[.)])\d+[.)]|([-*+]|1[.)])[ \t]*$)/m;

const whole = (text: string) => createSplitter()(text);

/** Lines of which markdown is made, and which mean something else depending on what is around them. */
const line = fc.constantFrom(
  "",
  "",
  "",
  "words of a paragraph",
  "and *more* of **them**",
  "- an item",
  "* another",
  "  - within",
  "1. first",
  "2) second",
  "    set in by four",
  "  set in by two",
  "# a heading",
  "setext",
  "===",
  "---",
  "***",
  "> a quote",
  ">",
  "> - in it",
  "```",
  "```js",
  "````",
  "~~~",
  "  ```",
  "    ```",
  "const a = 1;",
  "| a | b |",
  "|---|---|",
  "| 1 | 2 |",
  "$$",
  "x = 1",
  "y$$",
  "$$ z",
  "\\[",
  "\\]",
  "<details>",
  "<summary>s</summary>",
  "</details>",
  "<div>",
  "</div>",
  "<br>",
  "<b>inline</b>",
  "<!--",
  "-->",
  "<pre>",
  "</pre>",
  "1",
  "-",
  "`",
  "``",
  "\t",
  "end\r",
);
const text = fc.array(line, { maxLength: 24 }).map((lines) => lines.join("\n"));

describe("splitting", () => {
  test("a text is split in the same places however it came", () => {
    fc.assert(
      fc.property(
        text,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 }),
        (all, steps) => {
          const split = createSplitter();
          for (let end = 0, turn = 0; end < all.length; turn++) {
            end += steps[turn % steps.length] ?? 1;
            expect(split(all.slice(0, end))).toEqual(whole(all.slice(0, end)));
          }
          expect(split(all)).toEqual(whole(all));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("nothing is lost, and what is finished is not read again", () => {
    fc.assert(
      fc.property(text, (all) => {
        expect(whole(all).join("")).toBe(all);
      }),
    );
    const split = createSplitter();
    const before = split("one\n\ntwo\n\nthr");
    expect(split("one\n\ntwo\n\nthree").slice(0, 2)).toEqual(before.slice(0, 2));
  });

  test("another text is begun anew", () => {
    const split = createSplitter();
    split("one\n\ntwo");
    expect(split("two\n\nthree")).toEqual(whole("two\n\nthree"));
  });

  test("blocks that are set on their own are set as the whole is", () => {
    const set = (source: string) =>
      renderToStaticMarkup(
        createElement(Block, {
          content: source,
          index: 0,
          isIncomplete: false,
          shouldNormalizeHtmlIndentation: false,
          shouldParseIncompleteMarkdown: false,
          components: PLAIN,
        } as never),
      ).replace(/\n/g, "");
    fc.assert(
      fc.property(
        text.filter((all) => !/[<$\\\r]/.test(all) && !CODE_THEN_LIST.test(all)),
        (all) => {
          expect(whole(all).map(set).join("")).toBe(set(all));
        },
      ),
      {
        numRuns: 500,
        examples: [["- an item\n  ```\n````\n\nwords"], ["1. one\n  ```\n\nwords\n  ```\n\nmore"]],
      },
    );
  });

  test.each([
    ["paragraphs", "one\n\ntwo", 2],
    ["a loose list", "- one\n\n- two\n\n  more", 1],
    ["a fence with blank lines", "```\na\n\nb\n```\n\nafter", 2],
    ["math with blank lines", "$$\na\n\nb\n$$\n\nafter", 2],
    ["an element with markdown in it", "<details>\n\n**in it**\n\n</details>\n\nafter", 2],
    ["a comment", "<!--\n\nnot seen\n\n-->\n\nafter", 2],
    ["a note of several paragraphs", "[^1]: one\n\n    two\n\nafter", 2],
  ])("%s", (_, all, count) => {
    expect(whole(all)).toHaveLength(count);
  });
});

const PLAIN = Object.fromEntries(
  "a p h1 h2 h3 h4 h5 h6 ul ol li hr strong blockquote pre code table thead tbody tr th td"
    .split(" ")
    .map((name) => [name, name]),
);
