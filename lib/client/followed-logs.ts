import type { EntryFrame } from "#lib/protocol/sse";
import { ProblemError } from "./ask.ts";
import { backOff } from "./back-off.ts";
import { type InsistDeps, insist } from "./insist.ts";
import { pause } from "./pause.ts";
import type { Gone, Reader } from "./reader.ts";

type FollowedLogsDeps = InsistDeps & {
  /** Another log is followed, or one from another number, or one is followed no longer. */
  onChanged(): void;
  /** A reader failed in a way that nobody expected. It is helped; whoever watches the page must hear of it. */
  report(error: unknown): void;
};

type Followed = {
  reader: Reader;
  left: AbortController;
  /** While a snapshot is loaded: the number that it will have at least. */
  resettingTo: number | undefined;
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
    deps.onChanged();
  }

  function reset(log: string, head: number) {
    const followed = logs.get(log);
    // One reset at a time: until it is done the reader takes nothing, so its number stays what it was.
    if (!followed || followed.resettingTo !== undefined) return;
    followed.resettingTo = head;
    void renew(deps, followed, head).then((gone) => {
      followed.resettingTo = undefined;
      if (gone) leave(log, gone);
      else if (logs.get(log) === followed) deps.onChanged();
    });
  }

  function leave(log: string, reason: Gone) {
    const followed = logs.get(log);
    if (!followed) return;
    drop(log, followed);
    followed.reader.gone(reason);
  }

  return {
    has: (log: string) => logs.has(log),

    add(log: string, reader: Reader): () => void {
      const followed: Followed = {
        reader,
        left: new AbortController(),
        resettingTo: undefined,
        fruitlessResets: 0,
      };
      logs.get(log)?.left.abort();
      logs.set(log, followed);
      deps.onChanged();
      return () => drop(log, followed);
    },

    /** Which logs to ask for, and after which numbers, as they are now. */
    places: () =>
      [...logs].map(([log, { reader, resettingTo }]) => ({ log, after: resettingTo ?? reader.after() })),

    take({ log = "", first, sequence, event }: EntryFrame) {
      const followed = logs.get(log);
      if (!followed || followed.resettingTo !== undefined) return;
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

    /** Loads a snapshot where something is missing before this number. */
    reset(log: string, head: number) {
      // On a line that others share, one of them may have been told to.
      if (logs.get(log)?.reader.after() !== head) reset(log, head);
    },
    leave,

    lost() {
      for (const { reader } of logs.values()) reader.lost?.();
    },

    caughtUp(log: string, awayMs: number) {
      const followed = logs.get(log);
      if (followed && followed.resettingTo === undefined) followed.reader.caughtUp?.(awayMs);
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
