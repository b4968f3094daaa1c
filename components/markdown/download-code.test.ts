import { expect, test } from "vitest";
import { fileNameOf } from "./download-code.ts";

test("a file of code is called after its language", () => {
  expect(["python", "TypeScript", "rs", "", "dockerfile", "json"].map(fileNameOf)).toEqual([
    "code.py",
    "code.ts",
    "code.rs",
    "code.txt",
    "Dockerfile",
    "code.json",
  ]);
});

test("no language makes a name that is something else", () => {
  for (const language of [
    "../../etc/passwd",
    "constructor",
    "a/b",
    "exe\u202efdp",
    "<img>",
    "x".repeat(200),
  ]) {
    expect(fileNameOf(language)).toMatch(/^code\.(txt|[a-z]{1,10})$/);
  }
});
