import type { Actions } from "./actions.ts";
import type { Api } from "./api.ts";
import { type InsistDeps, insist } from "./insist.ts";

type RegenerationsDeps = InsistDeps & {
  api: Pick<Api, "regenerate">;
  newId: () => string;
  actions: Pick<Actions, "note">;
};

/** The wishes for another answer that are on their way to the server. */
export function createRegenerations(deps: RegenerationsDeps) {
  const asked = new Map<string, Promise<void>>();

  async function ask(messageId: string, model: string | undefined): Promise<void> {
    const body = { id: deps.newId(), model };
    deps.actions.note(body.id);
    try {
      await insist(deps, (signal) => deps.api.regenerate(messageId, body, signal));
    } finally {
      asked.delete(messageId);
    }
  }

  /** Asks for another answer beside this one. Asking again before the first was heard is asking once. */
  return function regenerate(messageId: string, { model }: { model?: string } = {}): Promise<void> {
    const wish = asked.get(messageId) ?? ask(messageId, model);
    asked.set(messageId, wish);
    return wish;
  };
}
