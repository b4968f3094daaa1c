import { defineConfig } from "@playwright/test";
import { chromiumFlags } from "./scripts/chromium-flags.ts";
import { installedChromium } from "./scripts/find-chromium.ts";

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  outputDir: "test-results",
  // Tests wait for facts; this only ends one that never comes.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // Many wait, some for a minute by the clock: of two cores, two leave some of the time unused (11.3 min, and 9.4 with three).
  workers: 3,
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
