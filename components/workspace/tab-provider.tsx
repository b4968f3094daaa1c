"use client";

import { usePathname } from "next/navigation";
import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from "react";
import type { AccountStore } from "#lib/client/account-store";
import { browserDoor } from "#lib/client/door";
import type { LineView } from "#lib/client/line-view";
import { createBrowserTab, type Tab } from "#lib/client/tab";
import type { Account } from "#lib/protocol/accounts";
import type { Model } from "#lib/protocol/api";
import type { AccountSnapshot, ConversationItem, DeviceKind } from "#lib/protocol/event";

type TabFacts = {
  tab: Tab;
  owner: Account;
  account: AccountStore;
  device: DeviceKind | undefined;
  models: Model[];
  imageOrigins: string[];
  renderedAtMs: number;
};

const TabContext = createContext<TabFacts | undefined>(undefined);

type TabProviderProps = {
  owner: Account;
  account: AccountSnapshot;
  device: DeviceKind | undefined;
  models: Model[];
  imageOrigins: string[];
  renderedAtMs: number;
  children: ReactNode;
};

/** Makes the stores of this tab, once, and gives them to the page. On the server they live as long as one page. */
export function TabProvider({ owner, account, children, ...page }: TabProviderProps) {
  const [facts] = useState((): TabFacts => {
    const tab = createBrowserTab(owner.id);
    return { tab, owner, account: tab.account(account), ...page };
  });

  useEffect(() => browserDoor().arrive(facts.owner.id), [facts]);
  useEffect(() => facts.account.connect(), [facts]);
  useEffect(() => facts.tab.deliverErrands(), [facts]);

  return <TabContext value={facts}>{children}</TabContext>;
}

type ReaderProviderProps = Pick<TabFacts, "imageOrigins" | "renderedAtMs"> & { children: ReactNode };

/**
 * The same for a page that is nobody's: what shows a conversation finds what it asks for. There is no account behind
 * it, so nothing that it could ask the server for would be given.
 */
export function ReaderProvider({ children, ...page }: ReaderProviderProps) {
  const [facts] = useState((): TabFacts => {
    const tab = createBrowserTab("");
    const owner = { id: "", name: "", email: null, isGuest: true, isAdmin: false };
    const account = tab.account({ conversations: [], sequence: 0 });
    return { tab, owner, account, device: undefined, models: [], ...page };
  });
  return <TabContext value={facts}>{children}</TabContext>;
}

function useFacts(): TabFacts {
  const facts = use(TabContext);
  if (!facts) throw new Error("This part of the page stands outside of its tab.");
  return facts;
}

export const useTab = (): Tab => useFacts().tab;

/** Who is signed in. */
export const useOwner = (): Account => useFacts().owner;

/** The models there are. They change with the server's settings, so with a new page. */
export const useModels = (): Model[] => useFacts().models;

/** The sites whose images are shown without asking. */
export const useImageOrigins = (): string[] => useFacts().imageOrigins;

/** What kind of device this is, as the server takes it. */
export const useDevice = (): DeviceKind | undefined => useFacts().device;

/** When the server drew this page, in milliseconds since 1970. */
export const useRenderedAt = (): number => useFacts().renderedAtMs;

export const useAccountStore = (): AccountStore => useFacts().account;

/** The account's conversations as they are now, newest first. */
export function useAccount(): ConversationItem[] {
  const account = useAccountStore();
  return useSyncExternalStore(account.subscribe, account.getView, account.getView).conversations;
}

/** The conversations with an answer that nobody has looked at, by id. What is before the reader's eyes is being looked at. */
export function useUnread(): string[] {
  const { unread } = useAccountStore();
  const marked = useSyncExternalStore(unread.subscribe, unread.getView, unread.getView);
  const isVisible = useSyncExternalStore(subscribeVisible, isTabVisible, () => true);
  const path = usePathname();
  return marked.filter((id) => !isVisible || path !== `/conversations/${id}`);
}

/** The state of the tab's line. */
export function useLine(): LineView {
  const { line } = useTab();
  return useSyncExternalStore(line.subscribe, line.getView, line.getView);
}

const isTabVisible = () => document.visibilityState !== "hidden";

function subscribeVisible(listener: () => void) {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}
