import type { Message } from "#lib/protocol/event";
import { asTool } from "#lib/protocol/tool-parts";
import type { Actions } from "./actions.ts";
import type { Api } from "./api.ts";
import { type InsistDeps, insist } from "./insist.ts";

type ApprovalsDeps = InsistDeps & {
  api: Pick<Api, "giveApproval">;
  newId: () => string;
  actions: Pick<Actions, "note" | "passOver">;
  onChange(): void;
};

/** The answers to what tools ask that are on their way to the server. */
export function createApprovals(deps: ApprovalsDeps) {
  const { api, actions } = deps;
  let ids: string[] = [];

  return {
    /** By the approvals' ids; also those that were heard: what was asked is not asked any more when the log says so. */
    list: () => ids,

    /** Answers what one of these messages asks. Saying more before it was heard changes nothing. */
    async give(messages: Message[], approvalId: string, approved: boolean): Promise<void> {
      const message = messages.find((one) =>
        one.parts.some((part) => asTool(part)?.approval?.id === approvalId),
      );
      if (!message || ids.includes(approvalId)) return;
      ids = [...ids, approvalId];
      deps.onChange();
      const id = deps.newId();
      actions.passOver(message);
      actions.note(id);
      const body = { id, approvalId, approved };
      try {
        await insist(deps, (signal) => api.giveApproval(message.id, body, signal));
      } catch (error) {
        ids = ids.filter((other) => other !== approvalId);
        deps.onChange();
        throw error;
      }
    },
  };
}
