import { afterEach, expect, test, vi } from "vitest";
import { loadReader, type ReadLine } from "./highlighter.ts";

afterEach(() => vi.restoreAllMocks());

test("all lines are coloured to their ends on a machine that takes its time", async () => {
  // A second passes between any two looks at the clock. A limit of time for a line would end it at its first word.
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (now += 1_000));
  vi.spyOn(Date, "now").mockImplementation(() => (now += 1_000));
  const read = await loadReader("sh");
  const line = read?.('NAME=your-key npm start "as it is" # and so on', undefined);
  expect(line?.pieces.map(({ color }) => color)).toEqual(
    expect.arrayContaining(["var(--code-string)", "var(--code-comment)"]),
  );
});

test("a line goes on from the one before it", async () => {
  const read = await loadReader("ts");
  const lines: ReadLine[] = [];
  for (const text of ["/* begun here", "", "and ended here */ const a = 1;"]) {
    const line = read?.(text, lines.at(-1));
    if (line) lines.push(line);
  }
  expect(lines.map(({ pieces }) => pieces[0]?.color)).toEqual([
    "var(--code-comment)",
    undefined,
    "var(--code-comment)",
  ]);
});

test("a language that nobody knows has no colours, and does no harm", async () => {
  for (const language of ["constructor", "__proto__", "no such language", ""]) {
    expect(await loadReader(language)).toBeUndefined();
  }
});
