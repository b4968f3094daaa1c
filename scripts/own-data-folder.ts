import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { holdLock } from "./hold-lock.ts";
import { Refusal } from "./refusal.ts";

/** Makes this process the only one on a data folder; refuses when another one is. */
export function ownDataFolder(dataDir: string): { release(): void } {
  mkdirSync(dataDir, { recursive: true });
  const lock = holdLock(join(dataDir, "owner.lock"));
  const note = join(dataDir, "owner.pid");
  if (!lock) {
    // Only told to the person. Whether there is an owner, the lock alone says.
    const owner = readFileSync(note, { encoding: "utf8", flag: "a+" }).trim() || "unknown";
    throw new Refusal(
      `Rejoin already runs from this folder (pid ${owner}). Stop it, or give this copy another DATA_DIR.`,
    );
  }
  writeFileSync(note, `${process.pid}\n`);
  return lock;
}
