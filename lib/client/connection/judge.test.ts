import { expect, test } from "vitest";
import type { Heard } from "./follow-ticks.ts";
import {
  judgeBuffering,
  judgeClock,
  judgeCompression,
  judgeFirstByte,
  judgeHttp,
  judgeIdle,
  judgeRejoin,
} from "./judge.ts";

const OPENED_MS = 1_700_000_000_000;

/** A line on which each of these ticks was heard so many milliseconds after it was due. */
function heard(lateMs: number[], more: Partial<Heard> = {}): Heard {
  const ticks = lateMs.map((late, index) => {
    const dueAtMs = OPENED_MS + index * 100;
    return { sequence: index + 1, dueAtMs, heardAtMs: dueAtMs + late };
  });
  return {
    openedAtMs: OPENED_MS,
    firstBytesAtMs: OPENED_MS + 20,
    encoding: null,
    ticks,
    commentsAtMs: [],
    endedAtMs: OPENED_MS + 15_000,
    ...more,
  };
}

test("clocks that are hours apart make no word late", () => {
  const hour = 3_600_000;
  expect(judgeBuffering(heard([hour, hour + 40, hour + 10]), 3)).toMatchObject({
    verdict: "good",
    lateMs: 10,
  });
});

test("a machine that stumbles once gathers nothing", () => {
  expect(judgeBuffering(heard([10, 10, 1_500, 1_400, 10, 10]), 6)).toMatchObject({ verdict: "good" });
});

test.each([
  ["words that come together at the end", [2_000, 1_900, 1_800, 0], 4],
  ["a line that ends before all was said", [10, 10, 10], 4],
  ["a line on which nothing came", [], 4],
])("%s are not word by word", (_what, lateMs, count) => {
  expect(judgeBuffering(heard(lateMs), count)).toMatchObject({ verdict: "wrong" });
});

test("a first byte is late beside what any answer takes, and not because the server is far", () => {
  const line = heard([], { firstBytesAtMs: OPENED_MS + 2_500 });
  expect(judgeFirstByte(line, 1_400)).toMatchObject({ verdict: "good", afterMs: 2_500 });
  expect(judgeFirstByte(line, 20)).toMatchObject({ verdict: "wrong" });
  expect(judgeFirstByte(heard([], { firstBytesAtMs: undefined }), 20)).toMatchObject({ verdict: "wrong" });
});

test.each<[string, Partial<Heard>]>([
  ["heard", { commentsAtMs: [OPENED_MS + 15_040] }],
  ["held", { commentsAtMs: [OPENED_MS + 20_000] }],
  ["held", { endedAtMs: OPENED_MS + 22_000 }],
  ["cut", { endedAtMs: OPENED_MS + 3_000 }],
])("a silent line is %s: %o", (how, more) => {
  expect(judgeIdle(heard([], more), 22_000)).toMatchObject({
    how,
    verdict: how === "heard" ? "good" : "wrong",
  });
});

test("what came twice and what is missing is counted on both sides of a cut", () => {
  const { ticks } = heard([1, 1, 1, 1, 1]);
  expect(judgeRejoin(ticks, 5)).toMatchObject({ verdict: "good", isTried: true });
  expect(judgeRejoin([...ticks, ...ticks.slice(3)], 5)).toMatchObject({
    verdict: "wrong",
    twice: 2,
    missing: 0,
  });
  expect(judgeRejoin(ticks.toSpliced(1, 1), 5)).toMatchObject({ verdict: "wrong", twice: 0, missing: 1 });
  expect(judgeRejoin([], 5)).toMatchObject({ verdict: "wrong", isTried: false });
});

test("HTTP/1.1 works, and could be better; a browser that does not tell is not complained of", () => {
  for (const [version, verdict] of [
    ["http/1.1", "note"],
    ["h2", "good"],
    ["h3", "good"],
    [null, "good"],
  ] as const) {
    expect(judgeHttp(version)).toMatchObject({ verdict });
  }
});

test("a line is compressed by whatever names itself, and not by `identity`", () => {
  expect(judgeCompression(heard([], { encoding: "identity" }))).toMatchObject({
    verdict: "good",
    encoding: null,
  });
  expect(judgeCompression(heard([], { encoding: "br" }))).toMatchObject({ verdict: "wrong", encoding: "br" });
});

test("any clock that is far from the others is wrong, ahead or behind", () => {
  expect(judgeClock({ serverAheadMs: -40, databaseAheadMs: 3 })).toMatchObject({ verdict: "good" });
  expect(judgeClock({ serverAheadMs: -60_000, databaseAheadMs: 3 })).toMatchObject({ verdict: "wrong" });
  expect(judgeClock({ serverAheadMs: 0, databaseAheadMs: 60_000 })).toMatchObject({ verdict: "wrong" });
});
