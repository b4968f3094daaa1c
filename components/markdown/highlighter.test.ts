import { afterEach, expect, test, vi } from "vitest";
import { type ColouredLine, colour } from "./highlighter.ts";

const CODE = `export async function answer(text: string): Promise<number> {
  // as long as it is
  return text.length + 1;
}`;

afterEach(() => vi.restoreAllMocks());

async function coloured(code: string, language: string, known: ColouredLine[] = []): Promise<ColouredLine[]> {
  let lines: ColouredLine[] = [];
  const show = (some: ColouredLine[]) => {
    lines = some;
    return true;
  };
  await colour({ code, language, known, show });
  return lines;
}

const colours = (lines: ColouredLine[]) => lines.map(({ pieces }) => pieces.map(({ color }) => color));

test("all lines are coloured to their ends on a machine that takes its time", async () => {
  // A second passes between any two looks at the clock. A limit of time for a line would end it at its first word.
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (now += 1_000));
  vi.spyOn(Date, "now").mockImplementation(() => (now += 1_000));
  const lines = await coloured('NAME=your-key npm start "as it is" # and so on', "sh");
  expect(colours(lines)[0]).toEqual(expect.arrayContaining(["var(--code-string)", "var(--code-comment)"]));
});

test("code that grows is coloured as if it had come at once, and what was coloured is kept", async () => {
  const half = await coloured(CODE.slice(0, 90), "ts");
  const grown = await coloured(CODE, "ts", half);
  expect(grown[0]).toBe(half[0]);
  expect(colours(grown)).toEqual(colours(await coloured(CODE, "ts")));
  expect(grown.map(({ pieces }) => pieces.map(({ content }) => content).join("")).join("\n")).toBe(CODE);
});

test("a language that nobody knows has no colours, and does no harm", async () => {
  for (const language of ["constructor", "__proto__", "no such language", ""]) {
    expect(await coloured("a b c", language)).toEqual([]);
  }
});

test("it ends as soon as nobody wants it any more", async () => {
  let shown = 0;
  const show = () => {
    shown += 1;
    return false;
  };
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (now += 1_000));
  await colour({ code: CODE, language: "ts", known: [], show });
  expect(shown).toBe(1);
});
