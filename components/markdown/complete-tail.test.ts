import { expect, test } from "vitest";
import { completeTail } from "./complete-tail.ts";

test.each([
  ["a fence that may begin", "words\n``", "words\n"],
  ["a fence that may end", "```js\ncode\n``", "```js\ncode\n"],
  ["a heading", "words\n##", "words\n"],
  ["an item", "- one\n-", "- one\n"],
  ["a number that may be one", "1. one\n2", "1. one\n"],
  ["a task", "- [x", "-"],
  ["a note", "as told[^1", "as told"],
  ["a note that may be told here", "words\n[^1]", "words\n"],
  ["a citation", "as told [1", "as told"],
  ["the head of a table", "| a | b", "| a | b |\n| --- | --- |"],
  ["the rule of a table", "| a | b |\n|--", "| a | b |\n| --- | --- |"],
  ["emphasis", "so **very", "so **very**"],
  ["a link", "see [here](https://here.ex", "see [here](streamdown:incomplete-link)"],
])("half of something does not stand there as its signs: %s", (_, half, whole) => {
  expect(completeTail(half)).toBe(whole);
});

test.each(["1", "words", "# a heading", "- one\n- two", "| a |\n| --- |\n| 1 |", "```js\na * b\n"])(
  "what is whole stays as it is: %j",
  (text) => expect(completeTail(text)).toBe(text),
);
