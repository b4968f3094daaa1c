import { expect, test } from "vitest";
import type { ColouredLine } from "./coloured-line.ts";
import { mergeLines } from "./use-highlighted.ts";

const coloured = (text: string): ColouredLine => ({
  text,
  pieces: [{ content: text, offset: 0, color: "var(--ink)" }],
});

test("lines that are written stay coloured while the next one grows", () => {
  const first = coloured("const a = 1;");
  const lines = mergeLines("const a = 1;\nconst b", [first, coloured("con")]);
  expect(lines).toEqual([{ text: "const a = 1;", pieces: first.pieces }, { text: "const b" }]);
  expect(lines[0]?.pieces).toBe(first.pieces);
});

test("all of the code is there before anything is coloured", () => {
  expect(mergeLines("a\n\nb", []).map(({ text }) => text)).toEqual(["a", "", "b"]);
});
