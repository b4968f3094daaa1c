import { expect, test } from "vitest";
import { plainText } from "./plain-text.ts";

test.each([
  ["# Title\n\nSome **bold**, *slanted* and ~~old~~ words.", "Title\n\nSome bold, slanted and old words."],
  [
    "see [the page](https://a.example/x) and <https://b.example>",
    "see the page (https://a.example/x) and <https://b.example>",
  ],
  ["![a cat](https://a.example/cat.png)", "a cat"],
  ["> said\n> so", "said\nso"],
  ["- one\n- two\n  1. three", "- one\n- two\n  1. three"],
  ["| a | b |\n| --- | :-: |\n| 1 | 2 |", "a\tb\n1\t2"],
  ["```sh\necho **not bold** # not a title\n```\nafter", "echo **not bold** # not a title\nafter"],
  ["`a*b*c` and 2 * 3 * 4 and snake_case_name", "a*b*c and 2 * 3 * 4 and snake_case_name"],
  ["", ""],
])("%j reads %j", (markdown, plain) => expect(plainText(markdown)).toBe(plain));
