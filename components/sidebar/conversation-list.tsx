"use client";

import { type RefObject, useMemo } from "react";
import { useAccount } from "#components/workspace/tab-provider";
import { sidebarWords as words } from "#words/sidebar";
import { GroupedList } from "./grouped-list.tsx";
import { ShowOlder } from "./show-older.tsx";

type ConversationListProps = {
  scroller: RefObject<HTMLElement | null>;
  /** Whether those are listed that were put away, or the others. */
  archived: boolean;
  onNavigate?: (() => void) | undefined;
};

/** The account's conversations, the newest first; older ones come as somebody scrolls to the end. */
export function ConversationList({ scroller, archived, onNavigate }: ConversationListProps) {
  const all = useAccount();
  const conversations = useMemo(
    () => all.filter((conversation) => conversation.archived === archived),
    [all, archived],
  );
  return (
    <>
      {conversations.length === 0 && (
        <p className="px-2 pt-4 text-ink-faint text-xs">{archived ? words.noneArchived : words.none}</p>
      )}
      <GroupedList conversations={conversations} scroller={scroller} onNavigate={onNavigate} />
      <ShowOlder key={String(archived)} archived={archived} shown={conversations.length} />
    </>
  );
}
