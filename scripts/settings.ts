import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseSettings, type Settings } from "#lib/env";
import { hasOwnPostgres } from "./postgres-package.ts";
import { Refusal } from "./refusal.ts";

export const ROOT = resolve(import.meta.dirname, "..");
/** The runtime that is locked like any package, whatever Node started us. */
export const PINNED_NODE = join(ROOT, "node_modules/.bin/node");

/** Reads the settings of this start, from the environment first, then from the files beside package.json. */
export function readSettings({ dev }: { dev: boolean }): Settings {
  for (const file of [".env.local", ".env"]) {
    const path = join(ROOT, file);
    if (existsSync(path)) process.loadEnvFile(path); // What is set already stays.
  }
  const settings = parse();
  settings.DATA_DIR = resolve(ROOT, settings.DATA_DIR);
  if (settings.DATABASE_URL_DIRECT && !settings.DATABASE_URL) {
    throw new Refusal("DATABASE_URL_DIRECT is set and DATABASE_URL is not: set both or neither.");
  }
  if (!settings.DATABASE_URL && !hasOwnPostgres()) {
    throw new Refusal(
      "DATABASE_URL is not set and no Postgres comes along here: set it to one of yours, as postgres://account:password@host:5432/name.",
    );
  }
  if (settings.DATABASE_URL && !settings.AUTH_SECRET && !dev) {
    throw new Refusal(
      "AUTH_SECRET is required with a DATABASE_URL: set it to 32 or more random characters, the same on all instances.",
    );
  }
  return settings;
}

function parse(): Settings {
  try {
    return parseSettings(process.env);
  } catch (error) {
    throw new Refusal((error as Error).message);
  }
}
