import type { Asker, Credential } from "#lib/asker";
import { timesOf } from "#lib/awake/times";
import { env } from "#lib/env";
import { Failure } from "#lib/errors";
import { pinned } from "#lib/process";

/** What ends a line early, as it is told: why, and when to come back. */
export type Bye = { reason: "rotate" | "restart" | "signed-out" | "share-ended"; retryMs: number };

/** When a line of an account will have ended is anybody's guess. */
const LINE_RETRY_SECONDS = 10;
const JITTER_SHARE = 0.2;

type End = (bye: Bye) => void;

/** Whoever counts lines. */
type LineWatch = {
  opened(): void;
  ended(facts: { reason?: Bye["reason"] | undefined; heldMs: number }): void;
};

export type OpenLines = ReturnType<typeof createLines>;

/** The lines that are open in this process, so that a server that goes can say so, and who is signed out loses theirs. */
export const openLines = () =>
  pinned("open-lines", () => {
    const { LINES_PER_ACCOUNT, FUNCTION_LIMIT_MS } = env();
    return createLines(LINES_PER_ACCOUNT, FUNCTION_LIMIT_MS && timesOf(FUNCTION_LIMIT_MS).beginMs);
  });

/**
 * @param most how many lines an account may have
 * @param maxMs how long one may be held, where the platform would break it off; absent: as long as it likes
 */
export function createLines(most = Number.POSITIVE_INFINITY, maxMs?: number) {
  const held = new Map<End, Asker>();
  let watch: LineWatch = { opened: () => undefined, ended: () => undefined };
  const counts = new Map<string, number>();
  let last: Bye | undefined;

  function count(accountId: string, change: 1 | -1): void {
    const now = (counts.get(accountId) ?? 0) + change;
    if (now > 0) counts.set(accountId, now);
    else counts.delete(accountId);
  }

  /**
   * Asked before something is done that a line is then to tell of.
   *
   * @throws `rate-limited` where the account has as many lines as it may
   */
  function mustHaveRoom(accountId: string): void {
    if ((counts.get(accountId) ?? 0) < most) return;
    throw new Failure(
      "rate-limited",
      `An account may have ${most} lines open at once. Close some, or try again in ${LINE_RETRY_SECONDS} seconds.`,
      { retryAfterSeconds: LINE_RETRY_SECONDS },
    );
  }

  return {
    mustHaveRoom,

    /** @throws `rate-limited` for the line that is one too many */
    add(end: End, asker: Asker): (reason?: Bye["reason"]) => void {
      mustHaveRoom(asker.accountId);
      const sinceMs = Date.now();
      let reason: Bye["reason"] | undefined;
      const tell: End = (bye) => {
        reason ??= bye.reason;
        end(bye);
      };
      held.set(tell, asker);
      count(asker.accountId, 1);
      watch.opened();
      // Whoever came back over a connection that they had kept is sent away again.
      if (last) tell(last);
      const rotation = maxMs && setTimeout(() => tell({ reason: "rotate", retryMs: 0 }), shortened(maxMs));
      return (ownReason) => {
        clearTimeout(rotation);
        if (!held.delete(tell)) return;
        count(asker.accountId, -1);
        watch.ended({ reason: reason ?? ownReason, heldMs: Date.now() - sinceMs });
      };
    },

    /** How many are open. */
    count: () => held.size,

    /** Tells of every line from now on. One at a time watches. */
    watchedBy(watcher: LineWatch): void {
      watch = watcher;
    },

    /** Ends all, and all that are still to come. */
    endAll(bye: Bye): void {
      last = bye;
      for (const end of held.keys()) end(bye);
    },

    /** By what the lines are held, each once. */
    credentials(): Credential[] {
      const found = new Map<string, Credential>();
      for (const { by } of held.values()) found.set(by.id, by);
      return [...found.values()];
    },

    /** Ends the lines that are held by these. */
    endHeldBy(credentialIds: Set<string>, bye: Bye): void {
      for (const [end, { by }] of held) if (credentialIds.has(by.id)) end(bye);
    },
  };
}

/** Not all that came together go together. */
const shortened = (ms: number) => ms * (1 - Math.random() * JITTER_SHARE);
