import { pinned } from "#lib/process";

/** What ends a line early, as it is told: why, and when to come back. */
export type Bye = { reason: "rotate" | "restart"; retryMs: number };

type End = (bye: Bye) => void;

export type OpenLines = ReturnType<typeof createLines>;

/** The lines that are open in this process, so that a server that goes can say so. */
export const openLines = () => pinned("open-lines", createLines);

export function createLines() {
  const ends = new Set<End>();
  let last: Bye | undefined;
  return {
    add(end: End): () => void {
      ends.add(end);
      // Whoever came back over a connection that they had kept is sent away again.
      if (last) end(last);
      return () => ends.delete(end);
    },
    /** Ends all, and all that are still to come. */
    endAll(bye: Bye): void {
      last = bye;
      for (const end of ends) end(bye);
    },
  };
}
