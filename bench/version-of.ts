import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "#scripts/settings";

/** The version of a package as it is installed. */
export function versionOf(name: string): string {
  return JSON.parse(readFileSync(join(ROOT, "node_modules", name, "package.json"), "utf8")).version;
}
