import type { Moments } from "#lib/moments";
import type { Generation } from "#lib/protocol/event";
import { type AfterAnswerDeps, afterAnswer } from "./after-answer.ts";

/** What this process asks of models beside the answers that it ended. Nobody waits for any of it but the stop. */
export function createAsides(deps: AfterAnswerDeps & { moments: Moments }) {
  const leaving = new AbortController();
  const asking = new Set<Promise<void>>();

  return {
    ended(generation: Generation): void {
      const asked = afterAnswer(deps, { generation, signal: leaving.signal })
        .catch((error) => {
          if (!leaving.signal.aborted) deps.moments.emit("aside.failed", { error });
        })
        .finally(() => asking.delete(asked));
      asking.add(asked);
    },

    /** Resolves when nothing is being asked. */
    async idle(): Promise<void> {
      while (asking.size > 0) await Promise.all(asking);
    },

    /** Gives up what is on its way: the conversation keeps the name it has. */
    async stop(): Promise<void> {
      leaving.abort();
      await Promise.all(asking);
    },
  };
}
