import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PINNED_NODE } from "./settings.ts";

const CLEANER = join(import.meta.dirname, "clean-up-after.ts");

export type TemporaryFolder = { path: string; remove(): Promise<void> };

/**
 * A data folder for tests. It is removed, and the Postgres in it stopped, by a process of its own when `remove` is
 * called or when this process is gone: tests are often interrupted, and then clean up nothing themselves.
 */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), "rejoin-test-"));
  const cleaner = spawn(PINNED_NODE, [CLEANER, path], {
    detached: true,
    stdio: ["pipe", "ignore", "inherit"],
  });
  const cleaned = once(cleaner, "exit");
  return {
    path,
    remove: async () => {
      cleaner.stdin.end();
      await cleaned;
    },
  };
}
