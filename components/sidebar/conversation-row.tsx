"use client";

import Link, { useLinkStatus } from "next/link";
import { memo, useState } from "react";
import type { ConversationItem } from "#lib/protocol/event";
import { sidebarWords as words } from "#words/sidebar";
import { ConversationMenu } from "./conversation-menu.tsx";
import { RenameField } from "./rename-field.tsx";

type ConversationRowProps = {
  conversation: ConversationItem;
  /** Whether it has an answer that nobody has looked at. */
  unread: boolean;
  open: boolean;
  onNavigate?: (() => void) | undefined;
};

/** One conversation of the list: its title, a dot while it is being answered and when its answer is new, and a menu. */
export const ConversationRow = memo(({ conversation, unread, open, onNavigate }: ConversationRowProps) => {
  const [renaming, setRenaming] = useState(false);
  const { id, title, generating } = conversation;
  if (renaming) {
    return (
      <li>
        <RenameField conversation={conversation} onDone={() => setRenaming(false)} />
      </li>
    );
  }
  return (
    <li className="group relative">
      <Link
        href={`/conversations/${id}`}
        prefetch={false}
        onClick={onNavigate}
        aria-current={open ? "page" : undefined}
        className="flex h-9 items-center gap-2 rounded-lg pr-9 pl-2 text-ink-soft transition-colors hover:bg-wash hover:text-ink aria-[current=page]:bg-wash aria-[current=page]:text-ink has-data-going:bg-wash pointer-coarse:h-11"
      >
        <span dir="auto" className={`truncate ${unread ? "font-medium text-ink" : ""}`}>
          {title}
        </span>
        {generating ? (
          <Dot says={words.answered} className="size-1.5 motion-safe:animate-breathe" />
        ) : (
          unread && <Dot says={words.unread} className="size-2" />
        )}
        <Going />
      </Link>
      <ConversationMenu conversation={conversation} onRename={() => setRenaming(true)} />
    </li>
  );
});

function Dot({ says, className }: { says: string; className: string }) {
  return (
    <span className={`shrink-0 rounded-full bg-accent ${className}`}>
      <span className="sr-only">{says}</span>
    </span>
  );
}

/** Marks its row from the click on, while the conversation is fetched. */
function Going() {
  const { pending } = useLinkStatus();
  return pending ? <span data-going hidden /> : null;
}
