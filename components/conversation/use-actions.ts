import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import { useAccountStore, useTab } from "#components/workspace/tab-provider";
import type { ConversationStore } from "#lib/client/conversation-store";
import type { Action } from "#lib/protocol/actions";
import { theme } from "../look/preference.ts";
import { usePreference } from "../look/use-preference.ts";
import { fillDraft } from "./use-draft.ts";

/** Does what a model does to the page of whoever asked. `composer` is the name of the one below the conversation. */
export function useActions(store: ConversationStore, composer: string) {
  const { actions } = useTab();
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
        return fillDraft(composer, input.text);
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
