import { RECENT_MAX_BYTES, RECENT_MAX_ENTRIES } from "./limits.ts";
import { encodeEvent, type StoredEntry } from "./stored-entry.ts";

/**
 * The newest entries of one log, without a gap, so that readers who keep up never ask the database.
 * All readers share them; a reader who fell behind what is kept here reads the table.
 */
export type Recent = {
  /** The newest sequence known, or undefined before anything is. */
  head(): number | undefined;
  /** Says where the log stood when a reader found its end, so that "nothing newer" can be told from "unknown". */
  startAt(sequence: number): void;
  /** Forgets all it knew, for what comes next does not follow on. Whoever reads asks the table. */
  startAnew(): void;
  /** Adds entries that follow on; known ones are skipped. False if some in between are missing. */
  push(entries: StoredEntry[]): boolean;
  /** When the newest became known here, in milliseconds since 1970. */
  newestAtMs(): number;
  /** What came after a number, or undefined if that is not known here. */
  after(sequence: number): StoredEntry[] | undefined;
};

const DELETED = encodeEvent({ type: "conversation-deleted" });

export function createRecent(now: () => number = Date.now): Recent {
  let kept: StoredEntry[] = [];
  let newestAtMs = now();
  let bytes = 0;
  let head: number | undefined;

  function trim() {
    let drop = 0;
    while (kept.length - drop > RECENT_MAX_ENTRIES || (bytes > RECENT_MAX_BYTES && drop < kept.length)) {
      bytes -= kept[drop]?.text.length ?? 0;
      drop += 1;
    }
    if (drop > 0) kept = kept.slice(drop);
  }

  function forget() {
    kept = [];
    bytes = 0;
  }

  return {
    head: () => head,

    startAt(sequence) {
      head ??= sequence;
    },

    startAnew() {
      forget();
      head = undefined;
    },

    push(entries) {
      for (const entry of entries) {
        if (head !== undefined && entry.sequence <= head) continue;
        if (head !== undefined && entry.first !== head + 1) return false;
        // Only a conversation that was brought back says something more. What it had said before is not told again.
        if (kept.at(-1)?.text === DELETED) forget();
        kept.push(entry);
        bytes += entry.text.length;
        head = entry.sequence;
        newestAtMs = now();
      }
      trim();
      return true;
    },

    newestAtMs: () => newestAtMs,

    after(sequence) {
      if (head === undefined) return undefined;
      if (sequence >= head) return [];
      const oldest = kept[0];
      if (!oldest || sequence < oldest.first - 1) return undefined;
      // From the newest on: nearly everybody who asks is only a few behind.
      const from = kept.findLastIndex((entry) => entry.first === sequence + 1);
      return from === -1 ? undefined : kept.slice(from);
    },
  };
}
