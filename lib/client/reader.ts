import type { Entry } from "#lib/protocol/event";

/** Someone who follows a log on the tab's line. */
export type Reader<Event = unknown> = {
  /** The number of the last entry it has; asked anew before every request. */
  after(): number;
  /** Takes an entry as it comes, and ignores one that it has. Throws when one is missing in between. */
  take(entry: Entry<Event>): void;
  /**
   * Loads a snapshot, for the log cannot be followed from here. The snapshot must hold whatever the log held
   * at `head`. May be called again where it throws `Disconnected`.
   */
  reset(head: number, signal: AbortSignal): Promise<void>;
  /** The log is no more, or never was this account's. It is not followed any longer. */
  gone(reason: Gone): void;
  /** The line was lost: what this reader has is what the person saw last. */
  lost?(): void;
  /** All that was there when the line came back has been taken. */
  caughtUp?(awayMs: number): void;
};

export type Gone = "deleted" | "not-found";
