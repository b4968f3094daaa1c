import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { Refusal } from "./refusal.ts";

const SYSTEM_NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/**
 * A Chromium to test in: Playwright's own, else the system's, else one that is installed now (Debian's package where
 * apt may, Playwright's download where it can be reached).
 */
export function findChromium(say: (line: string) => void): string {
  const found = installed();
  if (found) return found;
  say("No Chromium found; installing one…");
  if (process.getuid?.() === 0 && onPath("apt-get")) {
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
  } else {
    run(process.execPath, [join("node_modules", "@playwright", "test", "cli.js"), "install", "chromium"]);
  }
  const now = installed();
  if (now) return now;
  throw new Refusal(
    "There is no Chromium to test in, and none could be installed. Install the package chromium.",
  );
}

function installed(): string | undefined {
  const own = chromium.executablePath();
  return existsSync(own) ? own : SYSTEM_NAMES.map(onPath).find((path) => path !== undefined);
}

function onPath(name: string): string | undefined {
  const paths = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  return paths.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // Not there, or not ours to run: look further.
  }
}

function run(program: string, args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync(program, args, { env, stdio: ["ignore", "ignore", "inherit"] });
}
