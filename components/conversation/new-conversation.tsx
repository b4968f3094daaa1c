"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTab } from "#components/workspace/tab-provider";
import type { ConversationStore } from "#lib/client/conversation-store";
import { Conversation } from "./conversation.tsx";

/**
 * A conversation that does not exist yet. Once its first prompt is accepted the page gets the conversation's
 * address, and nothing else changes: what is shown stays, and so does what is being written.
 *
 * So this page may stand at that address. It begins anew when it is back at its own, and gives way to the
 * conversation's own page when the browser's history leads to it there.
 */
export function NewConversation() {
  const tab = useTab();
  const path = usePathname();
  const [page, turn] = useState(() => ({ store: tab.newConversation(), path }));
  if (page.path !== path) turn({ store: path === "/" ? tab.newConversation() : page.store, path });

  const { id } = page.store.getView().snapshot.conversation;
  const address = `/conversations/${id}`;
  useTakeAddress(page.store, address);
  if (path !== "/" && path !== address) return <GiveWay path={path} />;
  return <Conversation key={address} store={page.store} draft={path === "/" ? "new" : id} />;
}

/** Writes the conversation's address on the page as soon as the server has the conversation. */
function useTakeAddress(store: ConversationStore, address: string) {
  const view = useSyncExternalStore(store.subscribe, store.getView, store.getView);
  const isThere = view.path.length > 0 || view.pending.some(({ state }) => state === "accepted");
  useEffect(() => {
    // Next's router takes part in this: it knows the address, and draws nothing anew.
    if (isThere && location.pathname === "/") history.replaceState(null, "", address);
  }, [isThere, address]);
}

function GiveWay({ path }: { path: string }) {
  const router = useRouter();
  useEffect(() => router.replace(path), [router, path]);
  return null;
}
