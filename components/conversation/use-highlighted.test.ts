import { expect, test } from "vitest";
import { mergeLines, type Piece } from "./use-highlighted.ts";

const coloured = (content: string): Piece[] => [{ content, offset: 0, color: "var(--ink)" }];

test("lines that are written stay coloured while the next one grows", () => {
  const first = coloured("const a = 1;");
  const done = { code: "const a = 1;\ncon", lines: [first, coloured("con")] };
  const lines = mergeLines("const a = 1;\nconst b", done);
  expect(lines).toEqual([{ text: "const a = 1;", pieces: first }, { text: "const b" }]);
  expect(lines[0]?.pieces).toBe(first);
});

test("all of the code is there before anything is coloured", () => {
  expect(mergeLines("a\n\nb", { code: "", lines: [] }).map(({ text }) => text)).toEqual(["a", "", "b"]);
});
