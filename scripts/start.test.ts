import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ended } from "./ended.ts";
import { settingNames } from "./setting-names.ts";

const folder = mkdtempSync(join(tmpdir(), "rejoin-start-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.for([
  [{ PORT: "high" }, "Wrong setting: PORT must be a number."],
  [{ DATABASE_URL: "mysql://somewhere" }, "Wrong setting: DATABASE_URL must look like postgres://"],
  [{ DATABASE_URL: "postgres://somewhere/rejoin" }, "AUTH_SECRET is required with a DATABASE_URL"],
  [
    { DATABASE_URL_DIRECT: "postgres://somewhere/rejoin" },
    "DATABASE_URL_DIRECT is set and DATABASE_URL is not",
  ],
] as const)("a start with %j ends with one sentence", async ([settings, sentence]) => {
  const { code, output } = await start(settings);
  expect(output).toContain(sentence);
  expect(output.trim().split("\n")).toHaveLength(1);
  expect(code).toBe(1);
});

test("a port that is taken is named", async () => {
  const other = createServer().listen(0);
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  expect(await start({ PORT: String(port) })).toEqual({
    code: 1,
    output: `Port ${port} is taken. Stop what listens there, or set PORT to another one.\n`,
  });
  other.close();
});

function start(settings: Record<string, string>): ReturnType<typeof ended> {
  const unset = Object.fromEntries(settingNames().map((name) => [name, ""]));
  return ended(
    spawn(process.execPath, [join(import.meta.dirname, "start.ts")], {
      env: { NODE_ENV: "test", PATH: process.env.PATH, ...unset, DATA_DIR: folder, PORT: "0", ...settings },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
}
