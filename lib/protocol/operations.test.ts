import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";

const FOLDER = join(import.meta.dirname, "../../app/api");
/** Better-auth's own addresses, and all those where there is nothing. */
const NOT_OURS = /\[\.\.\./;
const table: Record<string, Operation> = operations;

const routes = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("route.ts") && !NOT_OURS.test(file))
  .map((file) => ({
    path: `/api/${file.replace("/route.ts", "").replace(/\[(\w+)\]/g, "{$1}")}`,
    text: readFileSync(join(FOLDER, file), "utf8"),
  }));

test.each(routes)("the route of $path takes what it parses by from the table", ({ path, text }) => {
  const methods = [...text.matchAll(/^export (?:const|async function|function) ([A-Z]+)\b/gm)];
  const taken = [...text.matchAll(/^export const ([A-Z]+) = route\(\s*operations\.(\w+),/gm)];
  expect(taken.map(([, method]) => method)).toEqual(methods.map(([, method]) => method));
  expect(taken.length).toBeGreaterThan(0);
  for (const [, method, name] of taken) expect(table[name ?? ""]).toMatchObject({ method, path });
});

test("every operation has its route", () => {
  const paths = new Set(routes.map(({ path }) => path));
  const homeless = Object.values(table).filter(
    ({ path }) => !path.startsWith("/api/auth/") && !paths.has(path),
  );
  expect(homeless).toEqual([]);
});
