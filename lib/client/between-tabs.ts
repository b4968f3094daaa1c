import type { LogFrame } from "./held-line.ts";
import type { Line } from "./line.ts";
import type { Place } from "./line-way.ts";
import type { Gone } from "./reader.ts";

/** What tabs of one browser and one account say to each other. Everyone hears everything. */
export type Word =
  /** What a tab follows and which numbers it has. Whoever leads answers with the line's state. */
  | {
      kind: "following";
      tab: string;
      places: Place[];
      /** Someone looks at the tab now, or it has slept. */
      isSeen: boolean;
    }
  | { kind: "left"; tab: string }
  | Lead;

/** What only a leader says. */
export type Lead = { term: number } & (
  | { kind: "line"; line: Line; silentForMs: number; isHeldBack: boolean }
  | { kind: "frame"; frame: LogFrame }
  | { kind: "gone"; log: string; reason: Gone }
);

export type Channel = { say(word: Word): void; close(): void };

/** The other tabs of the browser that show the same account. */
export type BetweenTabs = {
  open(onWord: (word: Word) => void): Channel;

  /**
   * Asks for the lead, which one tab has at a time, and the next when that one gives it back or dies. By force it is
   * taken from whoever has it. The returned function gives it back, or asks no longer.
   */
  claimLead(options: {
    isForced: boolean;
    onGranted(): void;
    /** Another has taken it. */
    onRobbed(): void;
    /** This browser does not know who leads. */
    onUnable(): void;
  }): () => void;
};
