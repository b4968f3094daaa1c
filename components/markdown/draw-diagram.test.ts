import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("the library is asked for by the version that is installed", () => {
  const { version } = JSON.parse(read("node_modules/mermaid/package.json"));
  expect(read("components/markdown/draw-diagram.ts")).toContain(`LIBRARY_VERSION = "${version}"`);
});
