"use client";

import { useState } from "react";
import { useTab } from "#components/workspace/tab-provider";
import type { Snapshot } from "#lib/protocol/event";
import { Conversation } from "./conversation.tsx";

/** A conversation from a snapshot that the server brought, or from the tab where it knows more. */
export function OpenConversation({ snapshot }: { snapshot: Snapshot }) {
  const tab = useTab();
  const [store] = useState(() => tab.conversation(snapshot));
  return <Conversation store={store} />;
}
