import { pinned } from "#lib/process";
import type { Bye } from "./event-stream.ts";

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
