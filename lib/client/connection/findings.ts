/** What is looked at, in the order in which it is told. */
export const CHECKS = [
  "first-byte",
  "buffering",
  "compression",
  "idle",
  "rejoin",
  "http",
  "wake-ups",
  "clock",
] as const;

export type Check = (typeof CHECKS)[number];

/** `note`: it works, and could be better. */
export type Verdict = "good" | "note" | "wrong";

/** What was found, with what a sentence about it needs. */
export type Finding = { verdict: Verdict } & (
  | { check: "first-byte"; afterMs: number }
  /** Half of the ticks were later than this beside the quickest. */
  | { check: "buffering"; ticks: number; of: number; lateMs: number }
  | { check: "compression"; encoding: string | null }
  /** `heard`: the sign of life came; `held`: the line stayed, and it did not; `cut`: the line ended before. */
  | { check: "idle"; how: "heard" | "held" | "cut"; waitedMs: number }
  /** Where nothing comes over a line there is nothing to cut. */
  | { check: "rejoin"; isTried: boolean; twice: number; missing: number }
  | { check: "http"; version: string | null }
  | { check: "wake-ups"; isListening: boolean }
  | { check: "clock"; serverAheadMs: number; databaseAheadMs: number }
);

export type FindingOf<C extends Check> = Extract<Finding, { check: C }>;

/** They come as soon as each is known, and are told in the order of the checks. */
export const inOrder = (findings: Finding[]): Finding[] =>
  CHECKS.flatMap((check) => findings.filter((finding) => finding.check === check));
