import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { familyCpuMs, parentOf, usageOf } from "./usage.ts";

const BUSY_MS = 200;

test("what this process costs is seen, and what its children cost is told apart", () => {
  const own = usageOf(process.pid);
  const family = familyCpuMs(process.pid);
  spawnSync(process.execPath, ["-e", `const end = Date.now() + ${BUSY_MS}; while (Date.now() < end);`]);
  expect(own.memoryBytes).toBeGreaterThan(10 * 2 ** 20);
  expect(own.cpuMs).toBeGreaterThan(0);
  // Only Linux says what children cost. There, one that is gone counts still.
  if (family === undefined) return;
  expect((familyCpuMs(process.pid) ?? 0) - family).toBeGreaterThan(0);
  expect(parentOf(process.pid)).toBe(process.ppid);
});
