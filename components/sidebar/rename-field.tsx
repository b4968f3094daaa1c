"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { tellFailure } from "#components/ui/notice";
import { useTab } from "#components/workspace/tab-provider";
import { TITLE_MAX_LENGTH } from "#lib/protocol/api";
import type { ConversationItem } from "#lib/protocol/event";
import { sidebarWords as words } from "#words/sidebar";

/** A title as it is being changed: Enter or leaving keeps it, Escape lets it be. */
export function RenameField({
  conversation,
  onDone,
}: {
  conversation: ConversationItem;
  onDone: () => void;
}) {
  const { api } = useTab();
  const [title, setTitle] = useState(conversation.title);

  // Leaving the field also happens on the way out of it.
  const decided = useRef(false);

  const keep = () => {
    if (decided.current) return;
    decided.current = true;
    const wanted = title.trim();
    onDone();
    if (wanted === "" || wanted === conversation.title) return;
    tellFailure(api.changeConversation(conversation.id, { title: wanted }), words.titleNotChanged);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") keep();
    if (event.key !== "Escape") return;
    // Escape also stops an answer, but not from here.
    event.preventDefault();
    decided.current = true;
    onDone();
  };

  return (
    <input
      autoFocus
      aria-label={words.title}
      value={title}
      maxLength={TITLE_MAX_LENGTH}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTitle(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={keep}
      className="h-9 w-full rounded-lg border border-accent bg-raised px-2 text-base outline-none md:text-sm pointer-coarse:h-11"
    />
  );
}
