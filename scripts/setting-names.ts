import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./settings.ts";

/** The names of all settings, as `.env.example` has them. */
export function settingNames(): string[] {
  const text = readFileSync(join(ROOT, ".env.example"), "utf8");
  return Array.from(text.matchAll(/^# ([A-Z][A-Z0-9_]+)=/gm), ([, name = ""]) => name);
}
