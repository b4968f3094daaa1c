import { useEffect, useMemo, useSyncExternalStore } from "react";
import { tellFailure } from "#components/ui/notice";
import { useAccountStore } from "#components/workspace/tab-provider";
import type { ConversationStore } from "#lib/client/conversation-store";
import type { Message } from "#lib/protocol/event";
import { messagesWords as words } from "#words/messages";

/** A conversation as it is now, and what can be done with its messages. */
export function useConversation(store: ConversationStore) {
  const account = useAccountStore();
  useEffect(() => store.connect(), [store]);
  useEffect(() => account.lookAt(store), [account, store]);
  const view = useSyncExternalStore(store.subscribe, store.getView, store.getView);
  const actions = useMemo(() => createActions(store), [store]);
  return { view, actions };
}

function createActions(store: ConversationStore) {
  return {
    regenerate: (messageId: string, model?: string) =>
      tellFailure(store.regenerate(messageId, model === undefined ? {} : { model }), words.noOtherAnswer),
    showVersion: (messageId: string) => tellFailure(store.show(messageId), words.notShown),
    reword: ({ parentId }: Message, text: string) => store.send(text, { parentId }),
    resend: store.resend,
    discard: store.discard,
  };
}
