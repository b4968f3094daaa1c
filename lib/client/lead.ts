import type { Lead, Word } from "./between-tabs.ts";
import { createDemand } from "./demand.ts";
import type { LineDeps, LineUse } from "./held-line.ts";
import { createHeldLines } from "./held-lines.ts";
import type { Line } from "./line.ts";

/** Tabs that come at once, or find that they have a new leader, cause one request. */
export const GATHER_MS = 30;
/** How often a tab says what it follows though nobody asks. Of a hidden one, browsers may make a minute more of it. */
export const SAY_AGAIN_MS = 60_000;
/** A tab that was not heard of for so long died without a word. */
const FORGET_MS = 4 * SAY_AGAIN_MS;

export type Leading = ReturnType<typeof takeLead>;

/**
 * Holds the line for all tabs that say what they follow, and tells them what it brings, from one taking of the lead
 * to its loss.
 */
export function takeLead(
  deps: LineDeps & { say: (word: Lead) => void },
  use: LineUse,
  { term, isFirst, isHeldBack }: { term: number; isFirst: boolean; isHeldBack: boolean },
) {
  const { clock, say } = deps;
  const demand = createDemand(use.places);
  let line: Line = { kind: "connecting", attempt: 0 };
  let forgetGather: (() => void) | undefined;

  const useOfAll: LineUse = {
    places: demand.places,
    onFrame(frame) {
      const { log = "", sequence } = frame.kind === "entry" ? frame : frame.data;
      if (demand.has(log)) say({ kind: "frame", term, frame });
      demand.told(log, sequence);
      use.onFrame(frame);
    },
    onLine(became, silentForMs) {
      line = became;
      sayLine(silentForMs);
      use.onLine(became, silentForMs);
    },
    onGone(log, reason) {
      say({ kind: "gone", term, log, reason });
      demand.gone(log);
      use.onGone(log, reason);
    },
  };
  const lines = createHeldLines(deps, useOfAll, { isHeldBack });

  function sayLine(silentForMs = 0) {
    say({ kind: "line", term, line, silentForMs, isHeldBack: lines.isHeldBack() });
  }

  /** What others want is asked for when all of them had the time to say so. */
  function gather() {
    forgetGather ??= clock.after(GATHER_MS, () => {
      forgetGather = undefined;
      demand.forgetBefore(clock.nowMs() - FORGET_MS);
      lines.changed();
    });
  }

  sayLine();
  if (isFirst) lines.changed();
  else gather();

  return {
    /** What the tab itself follows has changed. */
    changed: lines.changed,

    /** Says that it is there, and how the line is. */
    sayLine,

    hear(word: Exclude<Word, Lead>) {
      if (word.kind === "left") {
        if (demand.left(word.tab)) gather();
        return;
      }
      demand.said(word.tab, word.places, clock.nowMs());
      sayLine();
      lines.hurry();
      if (word.isSeen) lines.seen();
      gather();
    },

    close() {
      forgetGather?.();
      lines.close();
    },
  };
}
