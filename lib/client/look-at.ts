import type { AccountList } from "./account-store.ts";
import type { Api } from "./api.ts";
import { ProblemError } from "./ask.ts";
import type { ConversationStore } from "./conversation-store.ts";
import { type InsistDeps, insist } from "./insist.ts";

type LookDeps = InsistDeps & {
  api: Pick<Api, "markRead">;
  account: AccountList;
};

/** What is shown of a conversation. */
export type Shown = Pick<ConversationStore, "subscribe" | "getView">;

/**
 * A conversation is open in this tab until the returned function is called. While the tab can be seen too, somebody
 * looks at it: an answer that the list calls new is read, and the server is told, so that it is new on no device.
 */
export function lookAt(deps: LookDeps, shown: Shown): () => void {
  const { api, account, world } = deps;
  let toldTo = 0;

  function look() {
    const { conversation, sequence } = shown.getView().snapshot;
    const item = account.getView().conversations.find(({ id }) => id === conversation.id);
    if (!item?.unread || !world.isVisible() || sequence <= toldTo) return;
    // The list may know of the end before the answer itself is here: then this is said again when it is.
    toldTo = sequence;
    void insist(deps, (signal) => api.markRead(conversation.id, { sequence }, signal)).catch(mindRefusal);
  }

  const leave = [shown.subscribe(look), account.subscribe(look), world.subscribe(look)];
  look();
  return () => {
    for (const one of leave) one();
  };
}

/** The conversation is gone, or nobody is signed in any more: then there is no mark to take away. */
function mindRefusal(error: unknown) {
  if (!(error instanceof ProblemError)) throw error;
}
