import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DCLinter } from "dclint";
import { validate } from "dockerfile-utils";
import { expect, test } from "vitest";
import { readDockerfile } from "./dockerfile.ts";
import { sourcesOf } from "./ensure-built.ts";
import { imageContext, isLeftOut } from "./image-context.ts";
import { ROOT } from "./settings.ts";

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

test("the Dockerfile is well formed, runs the Node that is locked, and does not run as root", () => {
  expect(validate(read("Dockerfile"))).toEqual([]);
  const { version } = JSON.parse(read("package-lock.json")).packages["node_modules/node"];
  const stages = readDockerfile();
  expect(new Set(stages.map(({ image }) => image))).toEqual(new Set([`node:${version}-slim`]));
  const last = stages.at(-1)?.steps ?? [];
  expect(last.map(({ kind }) => kind)).toEqual([
    "environment",
    "workdir",
    "copy",
    "user",
    "healthcheck",
    "command",
  ]);
});

test("what is secret, made here or only tested does not get near an image", () => {
  const kept = [
    ".env",
    ".env.local",
    ".data/secret",
    ".git/config",
    ".next/BUILD_ID",
    "node_modules/next/package.json",
  ];
  expect(kept.filter((path) => !isLeftOut(path))).toEqual([]);
  const context = imageContext();
  expect(context.filter((path) => /\.test\.tsx?$|^(e2e|bench|docs)\/|(^|\/)\.env/.test(path))).toEqual([]);
  expect(context).toContain("scripts/start.ts");
});

test("all that a build is made of gets into an image, which would be another build otherwise", () => {
  expect(sourcesOf(ROOT).filter(isLeftOut)).toEqual([]);
});

/** How a file is sorted and quoted is ours to say, and so is it that whoever is on this network may come. */
const OURS = ["no-quotes-in-volumes", "no-unbound-port-interfaces", "require-project-name-field"].concat([
  "require-quotes-in-ports",
  "service-keys-order",
  "services-alphabetical-order",
]);

test.each(["compose.yaml", "compose.scale.yaml"])("%s is what Compose takes", (file) => {
  const rules = Object.fromEntries(OURS.map((name) => [name, 0 as const]));
  const linter = new DCLinter({ rules, quiet: true, debug: false, exclude: [] });
  const found = linter.lintFiles([join(ROOT, file)], false).flatMap(({ messages }) => messages);
  expect(found.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  for (const [, path = ""] of read(file).matchAll(/^\s*- "?(\.\/[^:"]+):/gm)) {
    expect(existsSync(join(ROOT, path)), path).toBe(true);
  }
});
