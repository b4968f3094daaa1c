import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "./bench.ts";
import { BENCHES } from "./benches.ts";
import type { Machine } from "./machine.ts";
import { benchmarksPage } from "./page.ts";

/** What one bench found, when, on what. */
export type Report = {
  name: string;
  question: string;
  takenAt: string;
  machine: Machine;
  /** Versions of what took part. */
  parts: Record<string, string>;
} & Result;

const RESULTS = join(import.meta.dirname, "results");
export const PAGE = join(import.meta.dirname, "../docs/benchmarks.md");
const DIGITS = 4;

/** Keeps what a bench found, and renders the page anew from all that is kept. */
export function keepReport(report: Report): void {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, `${report.name}.json`), `${JSON.stringify(report, rounded, 2)}\n`);
  writeFileSync(PAGE, benchmarksPage(readReports()));
}

/** In the order of the list of benches. */
export function readReports(): Report[] {
  const reports: Report[] = globSync(join(RESULTS, "*.json")).map((path) =>
    JSON.parse(readFileSync(path, "utf8")),
  );
  const place = ({ name }: Report) => (BENCHES as readonly string[]).indexOf(name);
  return reports.toSorted((a, b) => place(a) - place(b));
}

/** More digits than that are noise, and would only show in the differences between two runs. */
function rounded(_key: string, value: unknown): unknown {
  if (typeof value !== "number" || Number.isInteger(value)) return value;
  return Math.abs(value) >= 10 ** DIGITS ? Math.round(value) : Number(value.toPrecision(DIGITS));
}
