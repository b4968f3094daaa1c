import { defineConfig } from "@playwright/test";
import { chromiumFlags } from "./scripts/chromium-flags.ts";
import { installedChromium } from "./scripts/find-chromium.ts";

/** What waits for most of its time, some of it for a minute by the clock. */
const WAITING = /\/(caddy|connection|limits|nginx|pgbouncer)\.spec\.ts$/;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // Tests wait for facts; this only ends one that never comes.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // As many as there are cores at least, and one more that hardly needs any.
  workers: 3,
  projects: [
    { name: "at work", testMatch: "*.spec.ts", testIgnore: WAITING, workers: 2 },
    { name: "waiting", testMatch: WAITING, workers: 1 },
  ],
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  reporter: [
    ["list"],
    ...(process.env.REPORT ? [["json", { outputFile: process.env.REPORT }] as const] : []),
  ],
  use: {
    // Written for every test, it takes a tenth of the time of all. `--trace retain-on-failure` brings it back.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: installedChromium(), args: chromiumFlags() },
  },
});
