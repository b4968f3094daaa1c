import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    include: ["{bench,components,lib,drizzle,scripts}/**/*.test.ts"],
    globalSetup: "lib/database/test-server.ts",
    setupFiles: "scripts/no-noise.ts",
    // Tests start real processes and real databases, and wait for what they report, not for a while.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // As patient as in the browser: it ends only what never comes true, on a machine that is busy as well.
    expect: { poll: { timeout: 30_000 } },
    pool: "forks",
    maxWorkers: 2,
    maxConcurrency: 2,
  },
});
