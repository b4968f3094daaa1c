import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import { useAccountStore, useTab } from "#components/workspace/tab-provider";
import type { ConversationStore } from "#lib/client/conversation-store";
import type { Drafts } from "#lib/client/drafts";
import type { Action } from "#lib/protocol/actions";
import { theme } from "../look/preference.ts";
import { usePreference } from "../look/use-preference.ts";

/** Does what a model does to the page of whoever asked. */
export function useActions(store: ConversationStore) {
  const { actions, drafts } = useTab();
  const account = useAccountStore();
  const router = useRouter();
  const [, chooseTheme] = usePreference(theme);

  const act = useEffectEvent(({ name, input }: Action) => {
    switch (name) {
      case "set_theme":
        return chooseTheme(input.theme);
      case "open_conversation":
        // Whatever a model makes up, there is nothing to see but what is theirs.
        if (account.getView().conversations.some(({ id }) => id === input.conversationId)) {
          router.push(`/conversations/${input.conversationId}`);
        }
        return;
      case "fill_composer":
        return fill(drafts, store.getView().snapshot.conversation.id, input.text);
    }
  });

  useEffect(() => {
    const read = actions.reader();
    const look = () => {
      for (const action of read(store.getView().snapshot)) act(action);
    };
    look();
    return store.subscribe(look);
  }, [actions, store]);
}

/** After what somebody has written themselves. */
function fill(drafts: Drafts, conversationId: string, text: string) {
  const before = drafts.read(conversationId).trimEnd();
  drafts.write(conversationId, before === "" ? text : `${before}\n\n${text}`);
}
