"use client";

import { usePathname } from "next/navigation";
import { type RefObject, useMemo } from "react";
import { useRenderedAt, useUnread } from "#components/workspace/tab-provider";
import type { ConversationItem } from "#lib/protocol/event";
import { useClock } from "../ui/use-clock.ts";
import { ConversationRow } from "./conversation-row.tsx";
import { groupConversations, groupsBetween, linesOf } from "./groups.ts";
import { useWindow } from "./use-window.ts";

type GroupedListProps = {
  conversations: ConversationItem[];
  /** What the list scrolls in. */
  scroller: RefObject<HTMLElement | null>;
  onNavigate?: (() => void) | undefined;
};

/** Conversations in a few calm groups. Of many, only those in sight are drawn. */
export function GroupedList({ conversations, scroller, onNavigate }: GroupedListProps) {
  const nowMs = useClock(useRenderedAt());
  const path = usePathname();
  const unread = useUnread();
  const groups = useMemo(() => groupConversations(conversations, nowMs), [conversations, nowMs]);
  const lines = useMemo(() => linesOf(groups), [groups]);
  const { from, to, before, after } = useWindow(scroller, lines);
  return (
    // Without a style on a page from the server, whose policy knows none.
    <div {...(before + after > 0 && { style: { paddingTop: before, paddingBottom: after } })}>
      {groupsBetween(groups, from, to).map((group) => (
        <section key={group.name} aria-label={group.name}>
          {group.named && (
            <h2 className="flex h-11 items-end px-2 pb-1 text-ink-faint text-xs">{group.name}</h2>
          )}
          <ul>
            {group.conversations.map((conversation) => (
              <ConversationRow
                key={conversation.id}
                conversation={conversation}
                unread={unread.includes(conversation.id)}
                open={path === `/conversations/${conversation.id}`}
                onNavigate={onNavigate}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
