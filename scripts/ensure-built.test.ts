import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { hashOfSources } from "./ensure-built.ts";

const root = mkdtempSync(join(tmpdir(), "rejoin-sources-"));
afterAll(() => rmSync(root, { recursive: true }));

test("a build is made again when a source changed, and only then", () => {
  mkdirSync(join(root, "app/[id]"), { recursive: true });
  const write = (file: string, text: string) => writeFileSync(join(root, file), text);
  write("app/[id]/page.tsx", "one");
  write("next.config.ts", "settings");
  const first = hashOfSources(root);
  expect(hashOfSources(root)).toBe(first);

  write("app/page.test.ts", "a test");
  write("README.md", "words");
  expect(hashOfSources(root)).toBe(first);

  write("app/[id]/page.tsx", "two");
  const second = hashOfSources(root);
  expect(second).not.toBe(first);

  renameSync(join(root, "app/[id]"), join(root, "app/[name]"));
  expect(hashOfSources(root)).not.toBe(second);
  write("next.config.ts", "other settings");
  expect(hashOfSources(root)).not.toBe(second);
});
