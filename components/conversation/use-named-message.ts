import { useEffect } from "react";
import type { ConversationStore } from "#lib/client/conversation-store";
import { idSchema } from "#lib/protocol/ids";
import { namedIn } from "./message-address.ts";

/** Shows the branch of the message that the address names. Here alone: other devices show what they showed. */
export function useNamedMessage(store: ConversationStore): void {
  useEffect(() => {
    const look = () => {
      const id = idSchema.safeParse(namedIn(location)).data;
      if (id) store.peek(id);
    };
    look();
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, [store]);
}
