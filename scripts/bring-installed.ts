import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isBuilt } from "./ensure-built.ts";
import { linkFile, linkTree } from "./link-tree.ts";
import { ROOT } from "./settings.ts";

/** Of a build, what images are made of. */
const BUILT = [".next/standalone", ".next/static"];
const STAMP = ".next/rejoin-sources";

/**
 * In place of `npm ci --omit=dev --ignore-scripts`: the same packages from here, those for development left out. With them comes
 * the build, if it was made of what is here now. Whether it suits what is there decides the step that builds.
 */
export function bringInstalled(folder: string): void {
  const lock = JSON.parse(readFileSync(join(ROOT, "node_modules/.package-lock.json"), "utf8")) as {
    packages: Record<string, { dev?: boolean; link?: boolean }>;
  };
  for (const [path, { dev }] of Object.entries(lock.packages)) {
    if (!dev) linkTree(join(ROOT, path), join(folder, path), ["node_modules"]);
  }
  if (!isBuilt()) return;
  for (const part of BUILT) linkTree(join(ROOT, part), join(folder, part));
  linkFile(join(ROOT, STAMP), join(folder, STAMP));
}
