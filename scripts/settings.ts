import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseSettings, type Settings } from "#lib/env";
import { Refusal } from "./refusal.ts";

export const ROOT = resolve(import.meta.dirname, "..");

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

/** The secret that signs sign-ins, made at the first start and kept for all later ones. */
export function keptSecret(dataDir: string): string {
  const path = join(dataDir, "secret");
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true });
    // It appears complete or not at all, and never in place of one that is there.
    const draft = `${path}.${randomUUID()}`;
    writeFileSync(draft, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 });
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
