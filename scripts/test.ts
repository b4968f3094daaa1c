import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./ensure-built.ts";
import { type EndToEndReport, failedEndToEnd, failedUnits, type UnitReport } from "./failed-tests.ts";
import { findChromium } from "./find-chromium.ts";
import { installDaemons } from "./find-daemon.ts";
import { onStopSignal } from "./on-stop-signal.ts";
import { explain, Refusal } from "./refusal.ts";
import { ROOT } from "./settings.ts";

/** What a step counted, and what of it failed where it is known by name. A check counts as one. */
type Count = { passed: number; failed: number; named?: string[] };

const stopping = new AbortController();
const reports = join(ROOT, "test-results/reports", String(process.pid));

// What fails soonest comes first.
const steps: Record<string, () => Promise<Count>> = {
  lint: () => check("biome", ["check", "--error-on-warnings", "."]),
  types,
  unit,
  build,
  e2e: endToEnd,
  bench,
};

onStopSignal({ stop: () => stopping.abort(), leave: () => process.exit(130) });
await testAll(process.argv.slice(2));

/** Runs all steps, or those that are named, to the end even when one fails, and closes with the sum. */
async function testAll(wanted: string[]): Promise<void> {
  const total = { passed: 0, failed: 0 };
  const failures: string[] = [];
  for (const name of wanted.length > 0 ? wanted : Object.keys(steps)) {
    console.info(`\n── ${name}`);
    const count = await runStep(name).catch((error): Count => {
      explain(error);
      return { passed: 0, failed: 1 };
    });
    total.passed += count.passed;
    total.failed += count.failed;
    if (count.failed > 0) failures.push(...(count.named ?? [""]).map((test) => `failed: ${name} ${test}`));
    if (stopping.signal.aborted) break;
  }
  rmSync(reports, { recursive: true, force: true });
  // Their reports lie far above by now.
  if (failures.length > 0) console.info(`\n${failures.join("\n")}`);
  console.info(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 ? 1 : 0);
}

async function runStep(name: string): Promise<Count> {
  const step = steps[name];
  if (!step) throw new Refusal(`There is no step ${name}. There are: ${Object.keys(steps).join(", ")}.`);
  return step();
}

async function types(): Promise<Count> {
  // Next writes the types of addresses and pages, which a fresh checkout does not have yet.
  if (!(await succeeds("next", ["typegen"]))) return { passed: 0, failed: 1 };
  return check("tsc", []);
}

async function unit(): Promise<Count> {
  const report = join(reports, "unit.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const isGreen = await succeeds("vitest", ["run", ...reporters]);
  const said = read<UnitReport>(report);
  // Something outside the tests may have failed: a file that does not load, an error that nobody caught.
  const failed = Math.max(said.numFailedTests, isGreen ? 0 : 1);
  return { passed: said.numPassedTests, failed, named: orUnknown(failedUnits(said, ROOT)) };
}

async function build(): Promise<Count> {
  await ensureBuilt({ say: console.info, signal: stopping.signal });
  return { passed: 1, failed: 0 };
}

async function endToEnd(): Promise<Count> {
  await ensureBuilt({ say: console.info, signal: stopping.signal });
  findChromium(console.info);
  installDaemons(console.info);
  const report = join(reports, "e2e.json");
  const isGreen = await succeeds("playwright", ["test"], { REPORT: report });
  const said = read<EndToEndReport>(report);
  const { expected, unexpected, flaky } = said.stats;
  const failed = Math.max(unexpected + flaky, isGreen ? 0 : 1);
  return { passed: expected, failed, named: orUnknown(failedEndToEnd(said)) };
}

/** It failed all the same: outside of its tests, as by an error that nobody caught. */
function orUnknown(names: string[]): string[] {
  return names.length > 0 ? names : ["outside of its tests"];
}

/** Whether each bench runs and no reader in it misses anything. How fast they are is not asked. */
async function bench(): Promise<Count> {
  await ensureBuilt({ say: console.info, signal: stopping.signal });
  const report = join(reports, "bench.json");
  mkdirSync(reports, { recursive: true });
  await succeeds("node", [
    "--disable-warning=ExperimentalWarning",
    "bench/run.ts",
    "--smoke",
    "--count",
    report,
  ]);
  return read<Count>(report);
}

function read<Report>(path: string): Report {
  return JSON.parse(readFileSync(path, "utf8"));
}

async function check(program: string, args: string[]): Promise<Count> {
  return (await succeeds(program, args)) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function succeeds(program: string, args: string[], env: Record<string, string> = {}): Promise<boolean> {
  const child = spawn(join(ROOT, "node_modules/.bin", program), args, {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
    signal: stopping.signal,
  });
  return new Promise((resolve, reject) => {
    child.once("error", (error) => (stopping.signal.aborted ? resolve(false) : reject(error)));
    child.once("exit", (code) => resolve(code === 0));
  });
}
