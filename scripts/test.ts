import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "./build.ts";
import { findChromium } from "./find-chromium.ts";
import { explain } from "./refusal.ts";

/** What a step counted. A check counts as one. */
type Count = { passed: number; failed: number };
type Step = { name: string; run(): Promise<Count> };

const bin = (name: string) => join(import.meta.dirname, "../node_modules/.bin", name);
const reports = mkdtempSync(join(tmpdir(), "rejoin-reports-"));

const steps: Step[] = [
  { name: "types", run: () => check("tsc", []) },
  { name: "lint", run: () => check("biome", ["check", "--error-on-warnings", "."]) },
  { name: "unit", run: unit },
  { name: "e2e", run: endToEnd },
];

const wanted = process.argv.slice(2);
const total: Count = { passed: 0, failed: 0 };
for (const step of steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.info(`\n── ${step.name}`);
  const count = await step.run().catch((error) => {
    explain(error);
    return { passed: 0, failed: 1 };
  });
  total.passed += count.passed;
  total.failed += count.failed;
}
rmSync(reports, { recursive: true });
console.info(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

async function check(program: string, args: string[]): Promise<Count> {
  return (await succeeds(program, args)) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function unit(): Promise<Count> {
  const report = join(reports, "unit.json");
  const isGreen = await succeeds("vitest", [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const { numPassedTests, numFailedTests } = read<{ numPassedTests: number; numFailedTests: number }>(report);
  // Something outside the tests may have failed: a file that does not load, an error that nobody caught.
  return { passed: numPassedTests, failed: Math.max(numFailedTests, isGreen ? 0 : 1) };
}

async function endToEnd(): Promise<Count> {
  const chromium = findChromium(console.info);
  await ensureBuilt({ say: console.info, signal: new AbortController().signal });
  const report = join(reports, "e2e.json");
  const isGreen = await succeeds("playwright", ["test"], { CHROMIUM: chromium, REPORT: report });
  const { stats } = read<{ stats: { expected: number; unexpected: number; flaky: number } }>(report);
  return { passed: stats.expected, failed: Math.max(stats.unexpected + stats.flaky, isGreen ? 0 : 1) };
}

const read = <Report>(path: string): Report => JSON.parse(readFileSync(path, "utf8"));

function succeeds(program: string, args: string[], env: Record<string, string> = {}): Promise<boolean> {
  const child = spawn(bin(program), args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code === 0));
  });
}
