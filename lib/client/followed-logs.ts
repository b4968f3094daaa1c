import { ACCOUNT_LOG } from "#lib/protocol/event";
import type { EntryFrame } from "#lib/protocol/sse";
import { ProblemError } from "./ask.ts";
import { backOff } from "./back-off.ts";
import { type InsistDeps, insist } from "./insist.ts";
import { pause } from "./pause.ts";
import type { Gone, Reader } from "./reader.ts";

type FollowedLogsDeps = InsistDeps & {
  /** Whether the server has this log for this account. */
  isThere(log: string, signal: AbortSignal): Promise<boolean>;
  /** A log is to be followed that was not, or from another number. */
  onWanted(): void;
  /** A log is followed no longer. */
  onUnwanted(): void;
  /** A reader failed in a way that nobody expected. It is helped; whoever watches the page must hear of it. */
  report(error: unknown): void;
};

type Followed = {
  reader: Reader;
  left: AbortController;
  isResetting: boolean;
  /** Whether the server is being asked if it has this log. */
  isInQuestion: boolean;
  /** Resets in a row after which no entry could be taken. */
  fruitlessResets: number;
};

/** The logs that a tab follows: who reads each, and from which number it goes on. */
export function createFollowedLogs(deps: FollowedLogsDeps) {
  const logs = new Map<string, Followed>();

  function drop(log: string, followed: Followed) {
    if (logs.get(log) !== followed) return;
    logs.delete(log);
    followed.left.abort();
    deps.onUnwanted();
  }

  function reset(log: string, head: number) {
    const followed = logs.get(log);
    // One reset at a time: until it is done the reader takes nothing, so its number stays what it was.
    if (!followed || followed.isResetting) return;
    followed.isResetting = true;
    void renew(deps, followed, head).then((gone) => {
      followed.isResetting = false;
      if (gone) leave(log, gone);
      else if (logs.get(log) === followed) deps.onWanted();
    });
  }

  function leave(log: string, reason: Gone) {
    const followed = logs.get(log);
    if (!followed) return;
    drop(log, followed);
    followed.reader.gone(reason);
  }

  return {
    isEmpty: () => logs.size === 0,
    has: (log: string) => logs.has(log),
    names: () => [...logs.keys()],

    add(log: string, reader: Reader): () => void {
      const followed: Followed = {
        reader,
        left: new AbortController(),
        isResetting: false,
        isInQuestion: false,
        fruitlessResets: 0,
      };
      logs.get(log)?.left.abort();
      logs.set(log, followed);
      deps.onWanted();
      return () => drop(log, followed);
    },

    /** Which logs to ask for, and after which numbers, as they are now. */
    places: () => [...logs].map(([log, { reader }]) => ({ log, after: reader.after() })),

    take({ log = "", first, sequence, event }: EntryFrame) {
      const followed = logs.get(log);
      if (!followed || followed.isResetting) return;
      try {
        followed.reader.take({ first, sequence, event });
        followed.fruitlessResets = 0;
      } catch (error) {
        // A gap is never papered over. Nor does a reader that stumbled for any other reason stand still:
        // the snapshot is the server's own fold, and the log goes on from there.
        reset(log, sequence);
        if (!isGap(error)) deps.report(error);
      }
    },

    reset,
    leave,

    lost() {
      for (const { reader } of logs.values()) reader.lost?.();
    },

    caughtUp(log: string, awayMs: number) {
      const followed = logs.get(log);
      if (followed && !followed.isResetting) followed.reader.caughtUp?.(awayMs);
    },

    /** The server knows one of the logs not, and does not say which: each is asked for alone. */
    async findMissing() {
      await Promise.all(
        [...logs].map(async ([log, followed]) => {
          if (log === ACCOUNT_LOG || followed.isInQuestion) return;
          followed.isInQuestion = true;
          const isThere = await deps.isThere(log, followed.left.signal).catch(() => true);
          followed.isInQuestion = false;
          if (!isThere && logs.get(log) === followed) leave(log, "not-found");
        }),
      );
    },
  };
}

/** Lets the reader load a snapshot, however often it takes. Says so where there is nothing to load. */
async function renew(deps: FollowedLogsDeps, followed: Followed, head: number): Promise<Gone | undefined> {
  const { signal } = followed.left;
  try {
    await pause(deps, backOff(followed.fruitlessResets++, deps.random), signal);
    await insist(deps, (once) => followed.reader.reset(head, once), { signal });
  } catch (error) {
    if (signal.aborted) return undefined;
    if (!(error instanceof ProblemError)) deps.report(error);
    else if (error.code === "not-found") return "not-found";
  }
  // Also after a refusal the line asks again: it will be told what is wrong, or to reset once more, and later.
  return undefined;
}

const isGap = (error: unknown) => error instanceof Error && "code" in error && error.code === "log-gap";
