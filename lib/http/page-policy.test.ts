import { expect, test } from "vitest";
import { pagePolicy } from "./page-policy.ts";

const nonce = "bm9uY2U=";
const strict = directives(pagePolicy({ nonce, imageOrigins: [], dev: false }));

test("only scripts with the nonce run, and what they load", () => {
  expect(strict.get("script-src")).toBe(`'nonce-${nonce}' 'strict-dynamic'`);
});

test("no style is taken from the page itself", () => {
  expect(strict.get("style-src")).toBe(`'self' 'nonce-${nonce}'`);
  expect([...strict.values()].join(" ")).not.toMatch(/unsafe-inline/);
});

test("nothing is evaluated, but while it is being developed", () => {
  expect([...strict.values()].join(" ")).not.toMatch(/unsafe-eval/);
  const dev = directives(pagePolicy({ nonce, imageOrigins: [], dev: true }));
  expect(dev.get("script-src")).toBe(`'nonce-${nonce}' 'strict-dynamic' 'unsafe-eval'`);
});

test("what is not named is forbidden, and so are frames, plug-ins and another base", () => {
  for (const name of ["default-src", "object-src", "base-uri", "frame-ancestors"]) {
    expect(strict.get(name)).toBe("'none'");
  }
});

test("nothing but images may come from another site, and only from those that are allowed", () => {
  expect([...strict.values()].join(" ")).not.toMatch(/https?:|\*/);
  const allowing = pagePolicy({ nonce, imageOrigins: ["https://images.example"], dev: false });
  const open = [...directives(allowing)].filter(([, sources]) => /https:/.test(sources));
  expect(open).toEqual([["img-src", "'self' data: blob: https://images.example"]]);
});

function directives(policy: string): Map<string, string> {
  return new Map(policy.split("; ").map((text) => [text.split(" ", 1)[0] ?? "", text.replace(/^\S+ /, "")]));
}
