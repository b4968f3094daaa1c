import type { Spread } from "./spread.ts";

/** A question about speed or size, and the way to answer it by measuring. `bench/<name>/<name>.ts` exports one. */
export type Bench = {
  name: string;
  /** What it answers, as one sentence: the reader of the page sees it first. */
  question: string;
  /** It takes so long that it is only run when it is named. A smoke run has it all the same. */
  byHand?: true;
  run(context: Context): Promise<Result>;
};

/** What a bench is given. It starts things by `start-*.ts` and runs them by `compare.ts`, which take it along. */
export type Context = {
  /** Only see that it runs: a second or two, sizes as small as they can be. What it measures is thrown away. */
  smoke: boolean;
  /** How long one that is run by hand goes on, if somebody said so. */
  minutes?: number;
  /** Aborts when somebody wants it to end. */
  signal: AbortSignal;
  /** Progress, for the person who waits. */
  say(line: string): void;
  /** Ends something that was started, however the bench ends. What is started last ends first. */
  endWith(ending: () => void | Promise<void>): void;
  /** A part that the figures depend on, by name and version, to be printed with them. */
  uses(part: string, version: string): void;
};

/** Plain JSON. No figure in it is written by hand. */
export type Result = {
  tables: Table[];
  budgets?: Budget[];
  /** What a reader must know to believe the figures: what was left out, what differs between rivals. */
  notes?: string[];
  /** Chunks or entries that a reader missed or got twice, where the bench can see that. Anything but 0 fails. */
  gaps?: number;
};

export type Table = { title: string; columns: Column[]; rows: Cell[][] };
export type Column = { name: string; unit?: string };
/** null where there is nothing to say. */
export type Cell = string | number | Spread | null;

/** What was promised, beside what was measured. */
export type Budget = {
  what: string;
  is: "at most" | "at least";
  limit: number;
  measured: number;
  unit: string;
  met: boolean;
};

type Promised = { what: string; limit: number; measured: number; unit: string };

export const atMost = (promised: Promised): Budget => ({
  ...promised,
  is: "at most",
  met: promised.measured <= promised.limit,
});

export const atLeast = (promised: Promised): Budget => ({
  ...promised,
  is: "at least",
  met: promised.measured >= promised.limit,
});
