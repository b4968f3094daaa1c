import type { Api } from "./api.ts";
import { Disconnected, ProblemError } from "./ask.ts";
import { type InsistDeps, insist } from "./insist.ts";
import type { Outbox } from "./outbox.ts";

type PendingCancelsDeps = InsistDeps & {
  api: Pick<Api, "cancelGeneration">;
  outbox: Outbox;
  onChange(): void;
};

/** The cancels on their way to the server. Whoever says stop without a network is heard when it is back. */
export function createPendingCancels(deps: PendingCancelsDeps) {
  const { api, outbox } = deps;
  let ids: string[] = [];

  async function deliver(id: string) {
    ids = [...ids, id];
    deps.onChange();
    try {
      await insist(deps, () => api.cancelGeneration(id).catch(notNow));
    } catch (error) {
      // Refused: the generation is not there any more, or not this account's. It needs no second word from us,
      // and it is shown as stoppable again if it does go on.
      if (!(error instanceof ProblemError)) throw error;
      ids = ids.filter((other) => other !== id);
      deps.onChange();
      // Whoever signs in again meant it still.
      if (error.code === "not-signed-in") return;
    }
    outbox.remove(id);
  }

  return {
    /** Also those that were heard: each stays until its end has come by the log. */
    list: () => ids,

    cancel(id: string) {
      if (ids.includes(id)) return;
      outbox.put({ kind: "cancel", id });
      void deliver(id);
    },

    load() {
      for (const { kind, id } of outbox.load()) if (kind === "cancel" && !ids.includes(id)) void deliver(id);
    },
  };
}

/** A stop that came too often is still a stop. */
function notNow(error: unknown): never {
  const isTooOften = error instanceof ProblemError && error.code === "rate-limited";
  throw isTooOften
    ? new Disconnected(error.detail, { retryAfterMs: error.retryAfterMs, cause: error })
    : error;
}
