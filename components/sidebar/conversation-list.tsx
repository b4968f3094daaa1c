"use client";

import { usePathname } from "next/navigation";
import { useAccount, useRenderedAt, useUnread } from "#components/workspace/tab-provider";
import { useClock } from "../ui/use-clock.ts";
import { ConversationRow } from "./conversation-row.tsx";
import { groupConversations } from "./groups.ts";
import { ShowOlder } from "./show-older.tsx";

/** All conversations that are not archived, newest first, in a few calm groups. */
export function ConversationList({ onNavigate }: { onNavigate?: () => void }) {
  const all = useAccount();
  const conversations = all.filter(({ archived }) => !archived);
  const nowMs = useClock(useRenderedAt());
  const path = usePathname();
  const unread = useUnread();
  if (conversations.length === 0) {
    return <p className="px-2 pt-4 text-ink-faint text-xs">Your conversations will be listed here.</p>;
  }
  const groups = groupConversations(conversations, nowMs).map((group) => (
    <section key={group.name} aria-label={group.name}>
      <h2 className="px-2 pt-5 pb-1 text-ink-faint text-xs">{group.name}</h2>
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
  ));
  return (
    <>
      {groups}
      <ShowOlder shown={all.length} />
    </>
  );
}
