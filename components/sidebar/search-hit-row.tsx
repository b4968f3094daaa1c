"use client";

import Link from "next/link";
import type { KeyboardEvent, MouseEvent } from "react";
import type { SearchHit } from "#lib/protocol/search";
import { sidebarWords as words } from "#words/sidebar";
import { hashOf } from "../conversation/message-address.ts";
import { moveTo } from "./move-focus.ts";

type SearchHitRowProps = {
  hit: SearchHit;
  /** Whether its conversation is before the person's eyes. */
  isOpen: boolean;
  onNavigate?: (() => void) | undefined;
};

/** One thing that was found: where, and in which words. */
export function SearchHitRow({ hit, isOpen, onNavigate }: SearchHitRowProps) {
  const { conversation, messageId, excerpt } = hit;
  const place = messageId === null ? "" : hashOf(messageId);
  const marked = excerpt.map(({ text, hit }, index) =>
    hit ? (
      <mark key={index} className="rounded-sm bg-accent-wash text-ink">
        {text}
      </mark>
    ) : (
      <span key={index}>{text}</span>
    ),
  );
  const onClick = (event: MouseEvent) => {
    onNavigate?.();
    if (!isOpen || place === "" || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // Within a page Next's router changes the address and tells nobody.
    event.preventDefault();
    if (location.hash === place) dispatchEvent(new HashChangeEvent("hashchange"));
    else location.hash = place;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    moveTo(event.key === "ArrowDown" ? "next" : "previous");
  };
  return (
    <li>
      <Link
        href={`/conversations/${conversation.id}${place}`}
        prefetch={false}
        data-found
        onClick={onClick}
        onKeyDown={onKeyDown}
        className="block rounded-lg px-2 py-1.5 text-ink-soft transition-colors hover:bg-wash hover:text-ink"
      >
        <span className="flex items-baseline gap-2">
          <span dir="auto" className="truncate text-ink">
            {messageId === null ? marked : conversation.title}
          </span>
          {conversation.archived && <span className="shrink-0 text-ink-faint text-xs">{words.archived}</span>}
        </span>
        {messageId !== null && (
          <span dir="auto" className="line-clamp-2 break-words text-xs">
            {marked}
          </span>
        )}
      </Link>
    </li>
  );
}
