import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { installByApt, mayUseApt, run } from "./apt.ts";
import { Refusal } from "./refusal.ts";
import { ROOT } from "./settings.ts";

/** Chromium without a window: half the work for the machine, so it comes first. */
const SHELL = "chromium-headless-shell";
const SYSTEM_NAMES = [SHELL, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** A Chromium to test in: the one that is installed, else one that is installed now. */
export function findChromium(say: (line: string) => void): string {
  const found = installedChromium();
  if (found && (found.endsWith(SHELL) || !mayUseApt())) return found;
  say(found ? "Installing a Chromium that tests faster…" : "No Chromium found; installing one…");
  if (mayUseApt()) installByApt([SHELL, "fonts-liberation"]);
  const now = installedChromium();
  if (now) return now;
  installByPlaywright();
  const last = installedChromium();
  if (last) return last;
  throw new Refusal(
    `There is no Chromium to test in, and none could be installed. Install the package ${SHELL} or chromium, or run \`npx playwright install --with-deps chromium\`.`,
  );
}

/** The system's Chromium, else Playwright's own; undefined when there is none that starts. */
export function installedChromium(): string | undefined {
  return find(SYSTEM_NAMES);
}

/** One that has all that a browser has, also where one without a window is preferred; undefined when there is none. */
export function wholeChromium(): string | undefined {
  return find(SYSTEM_NAMES.filter((name) => name !== SHELL));
}

function find(names: string[]): string | undefined {
  const named = names.flatMap((name) =>
    (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name)),
  );
  return [...named, chromium.executablePath()].find((path) => isExecutable(path) && starts(path));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // Not there, or not ours to run: look further.
  }
}

// Some systems put a script in its place that only says where to get one.
function starts(path: string): boolean {
  return spawnSync(path, ["--version"], { stdio: "ignore" }).status === 0;
}

function installByPlaywright(): void {
  run(process.execPath, [join(ROOT, "node_modules/@playwright/test/cli.js"), "install", "chromium"]);
}
