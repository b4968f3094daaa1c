import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseSettings } from "#lib/env";
import { settingNames } from "./setting-names.ts";
import { ROOT } from "./settings.ts";

test(".env.example names every setting that there is, and no other", () => {
  const source = readFileSync(join(ROOT, "lib/env.ts"), "utf8");
  const names = Array.from(source.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm), ([, name]) => name);
  expect(names).toContain("DATABASE_URL");
  expect(settingNames().toSorted()).toEqual(names.toSorted());
});

test("what .env.example shows is allowed", () => {
  const text = readFileSync(join(ROOT, ".env.example"), "utf8");
  const shown = Object.fromEntries(
    Array.from(text.matchAll(/^# ([A-Z][A-Z0-9_]+)=(.*)$/gm), ([, name, value]) => [name, value]),
  );
  expect(() => parseSettings(shown)).not.toThrow();
});
