import type { Asker, Credential } from "#lib/asker";
import { pinned } from "#lib/process";

/** What ends a line early, as it is told: why, and when to come back. */
export type Bye = { reason: "rotate" | "restart" | "signed-out"; retryMs: number };

type End = (bye: Bye) => void;

export type OpenLines = ReturnType<typeof createLines>;

/** The lines that are open in this process, so that a server that goes can say so, and who is signed out loses theirs. */
export const openLines = () => pinned("open-lines", createLines);

export function createLines() {
  const held = new Map<End, Asker>();
  let last: Bye | undefined;
  return {
    add(end: End, asker: Asker): () => void {
      held.set(end, asker);
      // Whoever came back over a connection that they had kept is sent away again.
      if (last) end(last);
      return () => held.delete(end);
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
