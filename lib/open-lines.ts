import { pinned } from "#lib/process";

/** What ends a line early, as it is told: why, and when to come back. */
export type Bye = { reason: "rotate" | "restart"; retryMs: number };

type End = (bye: Bye) => void;

/** The lines that are open in this process, so that a server that goes can say so. */
export function openLines() {
  return pinned("open-lines", () => {
    const ends = new Set<End>();
    return {
      add(end: End): () => void {
        ends.add(end);
        return () => ends.delete(end);
      },
      endAll(bye: Bye): void {
        for (const end of ends) end(bye);
      },
    };
  });
}
