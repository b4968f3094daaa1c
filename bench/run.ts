import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { onStopSignal } from "#scripts/on-stop-signal";
import { explain, Refusal } from "#scripts/refusal";
import type { Bench, Context } from "./bench.ts";
import { BENCHES, loadBench } from "./benches.ts";
import { describeMachine } from "./machine.ts";
import { benchSection } from "./page.ts";
import { keepReport, type Report } from "./report.ts";

/** Even a smoke run on a slow machine is over by then. */
const SMOKE_LIMIT_MS = 300_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Only see that each bench runs and that no reader misses anything. Nothing is kept. */
    smoke: { type: "boolean", default: false },
    /** How long a bench that is run by hand goes on. */
    minutes: { type: "string" },
    /** Where to write how many did and how many did not. */
    count: { type: "string" },
  },
});
const stopping = new AbortController();
onStopSignal({ stop: () => stopping.abort(), leave: () => process.exit(130) });

try {
  const failed = await runAll(await chosen(positionals));
  process.exit(failed > 0 ? 1 : 0);
} catch (error) {
  explain(error);
  process.exit(1);
}

async function chosen(names: string[]): Promise<Bench[]> {
  const unknown = names.find((name) => !(BENCHES as readonly string[]).includes(name));
  if (unknown) throw new Refusal(`There is no bench ${unknown}. There are: ${BENCHES.join(", ")}.`);
  const benches = await Promise.all((names.length > 0 ? names : BENCHES).map(loadBench));
  return benches.filter(({ byHand }) => !byHand || values.smoke || names.length > 0);
}

/** Returns how many failed. */
async function runAll(benches: Bench[]): Promise<number> {
  let failed = 0;
  for (const bench of benches) {
    if (stopping.signal.aborted) break;
    console.info(`\n── ${bench.name}: ${bench.question}`);
    const isGood = await runOne(bench).catch((error) => {
      explain(stopping.signal.aborted ? new Refusal("Stopped.") : error);
      return false;
    });
    if (!isGood) failed += 1;
  }
  if (values.count) writeFileSync(values.count, JSON.stringify({ passed: benches.length - failed, failed }));
  return failed;
}

async function runOne(bench: Bench): Promise<boolean> {
  const machine = describeMachine();
  const parts: Record<string, string> = {};
  const endings: (() => void | Promise<void>)[] = [];
  const signal = values.smoke
    ? AbortSignal.any([stopping.signal, AbortSignal.timeout(SMOKE_LIMIT_MS)])
    : stopping.signal;
  const context: Context = {
    smoke: values.smoke,
    ...(values.minutes !== undefined && { minutes: Number(values.minutes) }),
    signal,
    say: (line) => console.info(`   ${line}`),
    endWith: (ending) => void endings.unshift(ending),
    uses(part, version) {
      parts[part] = version;
    },
  };
  try {
    const result = await Promise.race([bench.run(context), aborted(signal)]);
    const { name, question } = bench;
    const report: Report = { name, question, takenAt: new Date().toISOString(), machine, parts, ...result };
    if (report.gaps)
      console.error(`${bench.name}: a reader missed something, or got it twice: ${report.gaps}`);
    if (values.smoke) return !report.gaps;
    console.info(`\n${benchSection(report)}`);
    if (!report.gaps) keepReport(report);
    return !report.gaps;
  } finally {
    for (const end of endings) await Promise.try(end).catch(explain);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
