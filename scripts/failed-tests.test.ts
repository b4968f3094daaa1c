import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { failedEndToEnd, failedUnits } from "./failed-tests.ts";
import { ROOT } from "./settings.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary-folder.ts";

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder();
  symlinkSync(join(ROOT, "node_modules"), join(folder.path, "node_modules"));
});

afterAll(() => folder.remove());

test("Vitest's red tests are named with the reason of each, and files that do not load", () => {
  write("sums.test.mjs", [
    'import { describe, expect, test } from "vitest";',
    'test("one and one", () => expect(1 + 1).toBe(2));',
    'describe("sums", () => test("of two", () => expect(1 + 1).toBe(3)));',
  ]);
  write("broken.test.mjs", ['throw new Error("does not load");']);
  const report = run("vitest", ["run", "--reporter=json", "--outputFile.json=unit.json"], "unit.json");
  expect(failedUnits(report, folder.path).sort()).toEqual([
    "broken.test.mjs › does not load",
    "sums.test.mjs › sums of two › AssertionError: expected 2 to be 3 // Object.is equality",
  ]);
});

test("Playwright's red tests are named with the reason of each", () => {
  write("pages.spec.mjs", [
    'import { expect, test } from "@playwright/test";',
    'test("one and one", () => expect(1 + 1).toBe(2));',
    'test.describe("sums", () => test("of two", () => expect(1 + 1).toBe(3)));',
  ]);
  write("playwright.config.mjs", [
    'export default { reporter: [["json", { outputFile: "e2e.json" }]], testMatch: "*.spec.mjs" };',
  ]);
  expect(failedEndToEnd(run("playwright", ["test"], "e2e.json"))).toEqual([
    "pages.spec.mjs › of two › Error: expect(received).toBe(expected) // Object.is equality",
  ]);
});

function write(name: string, lines: string[]): void {
  writeFileSync(join(folder.path, name), lines.join("\n"));
}

/** Runs a test runner on what was written, which must fail, and returns its report. */
function run(program: string, args: string[], report: string) {
  const { status } = spawnSync(join(ROOT, "node_modules/.bin", program), args, { cwd: folder.path });
  expect(status).toBe(1);
  return JSON.parse(readFileSync(join(folder.path, report), "utf8"));
}
