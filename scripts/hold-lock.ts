import { DatabaseSync } from "node:sqlite";

const SQLITE_BUSY = 5;

/**
 * Takes the lock of a file until it is released or this process ends, however it ends; undefined when somebody
 * holds it. The kernel keeps it (SQLite asks for it), so unlike a file with a process number in it, it is never
 * left over, and it also counts between containers that share the folder but not their process numbers.
 */
export function holdLock(path: string): { release(): void } | undefined {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec("begin exclusive");
  } catch (error) {
    file.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  return { release: () => file.close() };
}
