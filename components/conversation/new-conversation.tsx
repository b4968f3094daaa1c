"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from "react";
import { useAccount, useTab } from "#components/workspace/tab-provider";
import type { ConversationStore } from "#lib/client/conversation-store";
import { idSchema } from "#lib/protocol/ids";
import { Conversation } from "./conversation.tsx";

/**
 * A conversation that does not exist yet. Once its first prompt is accepted the page gets the conversation's
 * address, and nothing else changes: what is shown stays, and so does what is being written. A reload before that
 * finds the prompt again, and the same conversation.
 *
 * So this page may stand at that address. It begins anew when it is back at its own, and gives way to the
 * conversation's own page when the browser's history leads to it there.
 */
export function NewConversation({ temporary }: { temporary: boolean }) {
  const tab = useTab();
  const path = usePathname();
  const begin = (id?: string) => ({ store: tab.newConversation(id, { temporary }), path, temporary });
  const [page, turn] = useState(() => begin());
  if (page.path !== path) turn(path === "/" ? begin() : { ...page, path });
  else if (path === "/" && page.temporary !== temporary) turn(begin());

  const { id } = page.store.getView().snapshot.conversation;
  const address = `/conversations/${id}`;
  useKeptId(`rejoin.${tab.accountId}.begun`, id, (kept) => turn(begin(kept)));
  const isElsewhere = useTakeAddress(page.store, address);
  if (path !== "/" && path !== address) return <GiveWay path={path} />;
  if (isElsewhere) return <GiveWay path={address} />;
  return <Conversation key={address} store={page.store} />;
}

/**
 * Keeps the id with the page in the browser's history, where a reload finds it, and the way back to this page, but
 * no other tab. `name` is the account's: who signs in next begins something else.
 */
function useKeptId(name: string, id: string, onKept: (id: string) => void) {
  useLayoutEffect(() => {
    if (location.pathname !== "/") return;
    const kept = idSchema.safeParse(history.state?.[name]).data;
    if (kept === undefined) history.replaceState({ ...history.state, [name]: id }, "");
    else if (kept !== id) onKept(kept);
  });
}

/**
 * Writes the conversation's address on the page as soon as the server has the conversation. Says whether there is
 * more at that address than here: an earlier page's prompt was accepted, and it went before it could take the address.
 */
function useTakeAddress(store: ConversationStore, address: string): boolean {
  const { snapshot, path, pending } = useSyncExternalStore(store.subscribe, store.getView, store.getView);
  const isListed = useAccount().some(({ id }) => id === snapshot.conversation.id);
  const { isNewNoMore } = useTab();
  const isThere =
    path.length > 0 || snapshot.sequence > 0 || pending.some(({ state }) => state === "accepted");
  const { id } = snapshot.conversation;
  useEffect(() => {
    if (isThere) isNewNoMore(id);
    // Next's router takes part in this: it knows the address, and draws nothing anew.
    if (isThere && location.pathname === "/") history.replaceState(null, "", address);
  }, [isThere, address, id, isNewNoMore]);
  return isListed && !isThere && pending.length === 0 && !store.isThere();
}

function GiveWay({ path }: { path: string }) {
  const router = useRouter();
  useEffect(() => router.replace(path), [router, path]);
  return null;
}
