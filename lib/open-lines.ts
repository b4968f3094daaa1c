import { env } from "#lib/env";
import { Failure } from "#lib/errors";
import { pinned } from "#lib/process";

/** What ends a line early, as it is told: why, and when to come back. */
export type Bye = { reason: "rotate" | "restart"; retryMs: number };

/** When a line of an account will have ended is anybody's guess. */
const LINE_RETRY_SECONDS = 10;

type End = (bye: Bye) => void;

export type OpenLines = ReturnType<typeof createLines>;

/** The lines that are open in this process, so that a server that goes can say so. */
export const openLines = () => pinned("open-lines", () => createLines(env().LINES_PER_ACCOUNT));

/** @param most how many lines an account may have */
export function createLines(most = Number.POSITIVE_INFINITY) {
  const ends = new Set<End>();
  const counts = new Map<string, number>();
  let last: Bye | undefined;

  /** Counts one more line of an account until the returned function is called. */
  function take(accountId: string): () => void {
    const count = counts.get(accountId) ?? 0;
    if (count >= most) {
      throw new Failure(
        "rate-limited",
        `An account may have ${most} lines open at once. Close some, or try again in ${LINE_RETRY_SECONDS} seconds.`,
        { retryAfterSeconds: LINE_RETRY_SECONDS },
      );
    }
    counts.set(accountId, count + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const left = (counts.get(accountId) ?? 0) - 1;
      if (left > 0) counts.set(accountId, left);
      else counts.delete(accountId);
    };
  }

  return {
    /** @throws `rate-limited` for the line that is one too many */
    add(end: End, { accountId }: { accountId: string }): () => void {
      const leave = take(accountId);
      ends.add(end);
      // Whoever came back over a connection that they had kept is sent away again.
      if (last) end(last);
      return () => {
        ends.delete(end);
        leave();
      };
    },

    /** Asked before something is done that a line is then to tell of. */
    mustHaveRoom: (accountId: string): void => take(accountId)(),

    /** A request that waits for news holds what a line holds. */
    async during<Answer>(accountId: string, wait: () => Promise<Answer>): Promise<Answer> {
      const leave = take(accountId);
      try {
        return await wait();
      } finally {
        leave();
      }
    },

    /** Ends all, and all that are still to come. */
    endAll(bye: Bye): void {
      last = bye;
      for (const end of ends) end(bye);
    },
  };
}
