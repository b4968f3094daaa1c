import { randomUUID } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A text that is made at the first start and kept in the data folder for all later ones, for our eyes only. */
export function kept(dataDir: string, name: string, make: () => string): string {
  const path = join(dataDir, name);
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true });
    // It appears complete or not at all, and never in place of one that is there.
    const draft = `${path}.${randomUUID()}`;
    writeFileSync(draft, `${make()}\n`, { mode: 0o600 });
    linkUnlessThere(draft, path);
    rmSync(draft);
  }
  return readFileSync(path, "utf8").trim();
}

function linkUnlessThere(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
