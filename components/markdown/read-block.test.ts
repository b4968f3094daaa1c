import { expect, test } from "vitest";
import { readBlock } from "./read-block.ts";

test("a block tells what it refers to and what it defines", () => {
  expect(readBlock("As told[^a], and[^B] again[^a], by [them][Site].\n")).toMatchObject({
    notes: ["a", "b", "a"],
    links: ["them", "site"],
    definesNotes: [],
    definesLinks: [],
  });
  expect(readBlock("[^a]: The *first*\n    of two lines.\n[^b]: The second.\n")).toEqual({
    text: "",
    notes: [],
    links: [],
    definesNotes: [
      { label: "a", text: "The *first*\nof two lines." },
      { label: "b", text: "The second." },
    ],
    definesLinks: [],
  });
  expect(readBlock("[Site]: https://here.example 'Here'").definesLinks).toEqual([
    { label: "site", line: "[Site]: https://here.example 'Here'" },
  ]);
});

test.each(["```\n[^a] [b][c]\n[^a]: x\n```", "`[^a]` and ``[b][c]``"])(
  "what is in code is code: %j",
  (text) => {
    expect(readBlock(text)).toEqual({ text, notes: [], links: [], definesNotes: [], definesLinks: [] });
  },
);
