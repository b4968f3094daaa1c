import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./settings.ts";

/**
 * Gives Next the settings that were built in, as its own start of a build that stands alone does. It would read them from
 * next.config.ts otherwise, which takes a compiler, and an image has none. To be called before Next is loaded.
 */
export function giveBuiltSettings(): void {
  const { config } = JSON.parse(readFileSync(join(ROOT, ".next/required-server-files.json"), "utf8"));
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
}
