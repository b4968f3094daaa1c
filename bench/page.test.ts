import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { atLeast, atMost } from "./bench.ts";
import { BENCHES, loadBench } from "./benches.ts";
import { benchmarksPage, tableText } from "./page.ts";
import { PAGE, readReports } from "./report.ts";
import { percentilesOf, spreadOf } from "./spread.ts";

test("every figure on the page comes from the results that are kept", () => {
  expect(readFileSync(PAGE, "utf8")).toBe(benchmarksPage(readReports()));
});

test("every folder with a bench in it is in the list, and every bench has the name it is listed under", async () => {
  const found = globSync("*/*.ts", { cwd: import.meta.dirname })
    .filter((path) => basename(path, ".ts") === dirname(path))
    .map(dirname);
  expect(found.toSorted()).toEqual(BENCHES.toSorted());
  for (const name of BENCHES) expect((await loadBench(name)).name).toBe(name);
});

test("no results are kept of a bench that there is not", () => {
  for (const { name } of readReports()) expect(existsSync(join(import.meta.dirname, name))).toBe(true);
});

test("a table says the middle of several runs, and how far the others lie from it", () => {
  const rows = [
    ["ours", spreadOf([30, 10, 20_000.4]), 1234.56, "a|b"],
    ["theirs", spreadOf([0.123456]), null, "c"],
  ];
  const columns = [{ name: "who" }, { name: "speed", unit: "tokens/s" }, { name: "size" }, { name: "why" }];
  expect(tableText({ columns, rows })).toBe(
    [
      "| who    | speed (tokens/s) |  size | why  |",
      "| ------ | ---------------: | ----: | ---- |",
      "| ours   |   30 (10–20,000) | 1,235 | a\\|b |",
      "| theirs |            0.123 |     – | c    |",
    ].join("\n"),
  );
});

test("a budget is met by its figure, and by nothing else", () => {
  const promised = { what: "time", limit: 5, unit: "ms" };
  expect(atMost({ ...promised, measured: 5 }).met).toBe(true);
  expect(atMost({ ...promised, measured: 5.01 }).met).toBe(false);
  expect(atLeast({ ...promised, measured: 5 }).met).toBe(true);
  expect(atLeast({ ...promised, measured: 4.99 }).met).toBe(false);
});

test("percentiles lie between the samples around them", () => {
  const samples = Array.from({ length: 101 }, (_, index) => 100 - index);
  expect(percentilesOf(samples)).toEqual({ p50: 50, p95: 95, p99: 99 });
  expect(percentilesOf([1, 2])).toMatchObject({ p50: 1.5 });
});
