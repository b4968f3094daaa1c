import { expect, test } from "vitest";
import { spokenText } from "./spoken-text.ts";

const options = { maxLength: 60, code: "Code.", more: "…, and more" };
const read = (markdown: string) => spokenText(markdown, options);

test.each([
  ["# A title\n\nSome **bold** and _slanted_ words.", "A title Some bold and slanted words."],
  ["- one\n- two\n1. three", "one two three"],
  ["Run `npm start` and see [the page](http://localhost:3000).", "Run npm start and see the page."],
  ["Before\n```sh\nrm -rf\n```\nafter", "Before Code. after"],
  ["Before\n```sh\nnever closed", "Before Code."],
  ["| a | b |\n| --- | --- |\n| 1 | 2 |", "a b 1 2"],
  ["> said\n\n<b>loud</b> 2 * 3", "said loud 2 * 3"],
  ["Set `SOME_API_KEY` or __another__.", "Set SOME_API_KEY or another."],
  ["", ""],
])("%j is read as %j", (markdown, words) => {
  expect(read(markdown)).toBe(words);
});

test("a long one ends between two words, and says that there is more", () => {
  const words = read("word ".repeat(100));
  expect(words).toBe(`${"word ".repeat(12).trim()}…, and more`);
  expect(read("x".repeat(500))).toBe(`${"x".repeat(60)}…, and more`);
});

test.each(["[", "![](", "<a", "```\n", "*", "|-", "[x](", "> > "])(
  "of what a model repeats without end (%j) no more is read than of anything else",
  (piece) => {
    expect(spokenText(piece.repeat(200_000), options).length).toBeLessThanOrEqual(60 + options.more.length);
  },
);
