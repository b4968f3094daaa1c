import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { holdLock } from "./hold-lock.ts";
import { Refusal } from "./refusal.ts";

/** A copy that was asked to end a moment ago still saves what it is doing. */
const HANDOVER_MS = 4_000;
const LOOK_AGAIN_MS = 100;
const NOTE = "owner.pid";
/** On a read-only file system, Node says `ENOENT` of a folder that it is to make with its parents. */
const NOT_WRITABLE = ["EACCES", "EPERM", "EROFS", "ENOENT", "ERR_SQLITE_ERROR"];

type Owned = { release(): void };

/** Makes this process the only one on a data folder; refuses when another one is and stays. */
export async function ownDataFolder(dataDir: string, handoverMs = HANDOVER_MS): Promise<Owned> {
  const deadline = performance.now() + handoverMs;
  for (;;) {
    const owned = tryToOwn(dataDir);
    if (owned) return owned;
    if (performance.now() > deadline) {
      const owner = readFileSync(join(dataDir, NOTE), { encoding: "utf8", flag: "a+" }).trim() || "unknown";
      throw new Refusal(
        `Rejoin already runs from this folder (pid ${owner}). Stop it, or give this copy another DATA_DIR.`,
      );
    }
    await pause(LOOK_AGAIN_MS);
  }
}

/** The same for a copy that can do without: undefined when another one has the folder, or nobody may write there. */
export function ownDataFolderIfFree(dataDir: string): Owned | undefined {
  try {
    return tryToOwn(dataDir);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (NOT_WRITABLE.includes(code)) return undefined;
    throw error;
  }
}

function tryToOwn(dataDir: string): Owned | undefined {
  mkdirSync(dataDir, { recursive: true });
  const lock = holdLock(join(dataDir, "owner.lock"));
  // Only told to the person. Whether there is an owner, the lock alone says.
  if (lock) writeFileSync(join(dataDir, NOTE), `${process.pid}\n`);
  return lock;
}
