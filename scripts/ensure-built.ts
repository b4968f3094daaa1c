import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ended } from "./ended.ts";
import { holdLock } from "./hold-lock.ts";
import { Refusal } from "./refusal.ts";
import { ROOT } from "./settings.ts";

const STAMP = join(ROOT, ".next/rejoin-sources");
const LOOK_AGAIN_MS = 200;

/** All that a build is made of. Tests are left out, so that changing one does not cost a build. */
const SOURCES = ["{app,components,lib,drizzle,public}/**/*", "*.{ts,mjs,json}"];
const NOT_SOURCES =
  /\.test\.tsx?$|^(next-env\.d|vitest\.config|playwright\.config|drizzle\.config)\.ts$|^(biome|vercel)\.json$/;

type Building = { say(line: string): void; signal: AbortSignal };

/** Makes the production build, unless the one that is there was made from these very sources. */
export async function ensureBuilt({ say, signal }: Building): Promise<void> {
  if (isBuilt()) return;
  const lock = await buildLock({ say, signal });
  try {
    if (isBuilt()) return; // Another copy made it while we waited.
    say("Building… (once, about half a minute)");
    const sources = hashOfSources(ROOT);
    await nextBuild(signal);
    writeFileSync(STAMP, sources);
  } finally {
    lock.release();
  }
}

export function isBuilt(): boolean {
  if (!existsSync(join(ROOT, "next.config.ts"))) return true; // In an image there is the build and nothing to build from.
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === hashOfSources(ROOT);
}

/** One number for everything that goes into a build: names and contents of the sources, and the runtime. */
export function hashOfSources(root: string): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of sourcesOf(root)) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/** The files that a build is made of. */
export function sourcesOf(root: string): string[] {
  return globSync(SOURCES, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !NOT_SOURCES.test(file))
    .sort();
}

async function buildLock({ say, signal }: Building): Promise<{ release(): void }> {
  const folder = join(ROOT, "node_modules/.cache");
  mkdirSync(folder, { recursive: true });
  for (let looks = 0; ; looks++) {
    const lock = holdLock(join(folder, "rejoin-build.lock"));
    if (lock) return lock;
    if (looks === 0) say("Another copy is building. Waiting for it…");
    await pause(LOOK_AGAIN_MS, undefined, { signal });
  }
}

// A process of its own: a build sets NODE_ENV and much else for itself, and gives its memory back at the end.
async function nextBuild(signal: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, "node_modules/next/dist/bin/next"), "build"], {
    cwd: ROOT,
    // Without CI, Next installs a package that it misses, whichever version there is, and writes it into package.json.
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", CI: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  const { code, output } = await ended(child);
  if (code !== 0) throw new Refusal(`${output.trim()}\nThe build failed.`);
}
