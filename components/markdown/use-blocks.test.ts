import fc from "fast-check";
import { expect, test } from "vitest";
import { createReader } from "./use-blocks.ts";

const piece = fc.constantFrom(
  "words ",
  "[^a]",
  "[^b]",
  "[^a]: told\n",
  "[^b]: also\n\n",
  "[x][Site] ",
  "[site]: https://here.example\n",
  "\n\n",
  "- item\n",
  "```\n",
  "$x$ ",
  "**bold",
  "** ",
  "| a | b |\n",
  "|--|--|\n",
  "[1] ",
);

test("what grew by pieces is read as what came at once", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const read = createReader();
      let text = "";
      for (const more of pieces) {
        text += more;
        expect(read(text, true)).toEqual(createReader()(text, true));
      }
      expect(read(text, false)).toEqual(createReader()(text, false));
    }),
  );
});

test("a group that did not change is the same, so that nothing in it is drawn anew", () => {
  const read = createReader();
  const text = "words[^1] and more\n\n".repeat(60);
  const before = read(text, true).groups;
  const after = read(`${text}some`, true).groups;
  expect(after[0]).toBe(before[0]);
  expect(after.at(-1)).not.toBe(before.at(-1));
});
