import { afterEach, expect, test, vi } from "vitest";
import { createColourer } from "./colour-blocks.ts";
import type { Coloured, ColouredLine } from "./coloured-line.ts";
import { type LineReader, loadReader } from "./highlighter.ts";

const CODE = `export async function answer(text: string): Promise<number> {
  /* as long
     as it is */
  return text.length + 1;
}`;

afterEach(() => vi.restoreAllMocks());

/** Blocks as a page has them after all that was told. */
function page(load: typeof loadReader = loadReader) {
  const told: Coloured[] = [];
  const blocks = new Map<number, ColouredLine[]>();
  const take = createColourer(load, (coloured) => {
    const { block, from, lines } = coloured;
    told.push(coloured);
    blocks.set(block, [...(blocks.get(block) ?? []).slice(0, from), ...lines]);
  });
  return { told, blocks, take };
}

const textOf = (lines: ColouredLine[] = []) =>
  lines.map(({ pieces }) => pieces.map(({ content }) => content).join("")).join("\n");

test("code that grows is coloured as if it had come at once, and of what was coloured nothing is told again", async () => {
  const { told, blocks, take } = page();
  const half = CODE.slice(0, 90);
  await take({ block: 1, code: half, language: "ts" });
  const before = told.length;
  await take({ block: 1, code: CODE, language: "ts" });
  const whole = half.split("\n").length - 1;
  expect(Math.min(...told.slice(before).map(({ from }) => from))).toBe(whole);
  await take({ block: 2, code: CODE, language: "ts" });
  expect(blocks.get(1)).toEqual(blocks.get(2));
  expect(textOf(blocks.get(1))).toBe(CODE);
});

/** Reads a language in which each line takes a while. */
const slowly = (onLine: (text: string) => void): typeof loadReader => {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const read: LineReader = (text) => {
    now += 30;
    onLine(text);
    return { text, pieces: [{ content: text, offset: 0 }], after: undefined };
  };
  return async () => read;
};

test("what is asked while a block is being coloured is what is coloured next", async () => {
  const read: string[] = [];
  const { blocks, take } = page(
    slowly((text) => {
      read.push(text);
      if (text === "b") take({ block: 1, code: "a\nb\nx", language: "x" });
    }),
  );
  await take({ block: 1, code: "a\nb\nc\nd\ne\nf", language: "x" });
  expect(textOf(blocks.get(1))).toBe("a\nb\nx");
  expect(read).toEqual(["a", "b", "x"]);
});

test("a block whose language becomes another one loses its colours and gets others", async () => {
  const { told, blocks, take } = page();
  await take({ block: 1, code: CODE, language: "ts" });
  await take({ block: 1, code: CODE, language: "no such language" });
  expect(told.at(-1)).toEqual({ block: 1, from: 0, lines: [] });
  await take({ block: 1, code: CODE, language: "ts" });
  expect(textOf(blocks.get(1))).toBe(CODE);
});

test("what nobody looks at any more is not gone on with", async () => {
  const read: string[] = [];
  const { take } = page(
    slowly((text) => {
      read.push(text);
      if (text === "b") take({ block: 1 });
    }),
  );
  await take({ block: 1, code: "a\nb\nc\nd\ne\nf", language: "x" });
  expect(read).toEqual(["a", "b"]);
});

test("a language that could not be loaded is loaded when more of the block comes", async () => {
  let isOffline = true;
  const { blocks, take } = page(async (language) => {
    if (isOffline) throw new TypeError("Failed to fetch");
    return loadReader(language);
  });
  await take({ block: 1, code: "const a", language: "ts" });
  expect(blocks.get(1)).toBeUndefined();
  isOffline = false;
  await take({ block: 1, code: "const a = 1;", language: "ts" });
  expect(textOf(blocks.get(1))).toBe("const a = 1;");
});
