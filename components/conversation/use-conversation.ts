import { useEffect, useMemo, useSyncExternalStore } from "react";
import { tellFailure } from "#components/ui/notice";
import { useAccountStore, useTab } from "#components/workspace/tab-provider";
import type { ConversationStore } from "#lib/client/conversation-store";
import type { Message, Part } from "#lib/protocol/event";
import { isFile } from "#lib/protocol/file";
import { messagesWords as words } from "#words/messages";

/** A conversation as it is now, and what can be done with its messages. */
export function useConversation(store: ConversationStore) {
  const account = useAccountStore();
  useEffect(() => store.connect(), [store]);
  useEffect(() => account.lookAt(store), [account, store]);
  const tab = useTab();
  const draft = useMemo(() => tab.draftSync(store), [tab, store]);
  useEffect(() => draft.connect(), [draft]);
  const view = useSyncExternalStore(store.subscribe, store.getView, store.getView);
  const actions = useMemo(() => createActions(store), [store]);
  return { view, actions, leftComposer: draft.left };
}

const textPart = (text: string): Part => ({ type: "text", text });

function createActions(store: ConversationStore) {
  return {
    reword: ({ parentId, parts }: Message, text: string) =>
      store.send([...parts.filter(isFile), ...(text.trim() === "" ? [] : [textPart(text)])], { parentId }),
    regenerate: (messageId: string, model?: string) =>
      tellFailure(store.regenerate(messageId, model === undefined ? {} : { model }), words.noOtherAnswer),
    showVersion: (messageId: string) => tellFailure(store.show(messageId), words.notShown),
    resend: store.resend,
    discard: store.discard,
  };
}
