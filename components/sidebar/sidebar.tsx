"use client";

import { Archive, ArrowLeft, SquarePen } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useRef, useState } from "react";
import { Mark } from "#components/brand/mark";
import { ThemeSwitch } from "#components/look/theme-switch";
import { sidebarWords as words } from "#words/sidebar";
import { useSearch } from "../workspace/use-search.ts";
import { AccountMenu } from "./account-menu.tsx";
import { ConversationList } from "./conversation-list.tsx";
import { SearchField } from "./search-field.tsx";
import { SearchResults } from "./search-results.tsx";

type SidebarProps = {
  /** The button that puts the sidebar away. */
  close: ReactNode;
  /** Told when a person goes somewhere from here. */
  onNavigate?: () => void;
};

/** The account's conversations, and the way to a new one. */
export function Sidebar({ close, onNavigate }: SidebarProps) {
  const [archived, setArchived] = useState(false);
  const search = useSearch();
  const isSearching = search.q.trim() !== "";
  const scroller = useRef<HTMLElement>(null);
  const openFirst = () => scroller.current?.querySelector<HTMLElement>("a[data-found]")?.click();
  return (
    <div className="flex h-full flex-col">
      <div className="flex h-14 shrink-0 items-center justify-between pr-2 pl-4">
        <Link
          href="/"
          onClick={onNavigate}
          className="flex items-center gap-2 rounded-md font-semibold text-base tracking-[-0.01em]"
        >
          <Mark />
          {words.brand}
        </Link>
        {close}
      </div>
      <div className="shrink-0 px-2">
        <Link
          href="/"
          onClick={onNavigate}
          className="touch-target flex h-9 items-center gap-2.5 rounded-lg px-2 font-medium transition-colors hover:bg-wash"
        >
          <SquarePen className="size-4 text-accent" />
          {words.newConversation}
        </Link>
        <SearchField value={search.q} onChange={search.type} onEnter={openFirst} />
      </div>
      <nav
        ref={scroller}
        aria-label={words.conversations}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-4"
      >
        {isSearching ? (
          <SearchResults view={search} onAgain={search.again} onNavigate={onNavigate} />
        ) : (
          <>
            {archived && <h2 className="px-2 pt-3 font-medium">{words.archived}</h2>}
            <ConversationList scroller={scroller} archived={archived} onNavigate={onNavigate} />
          </>
        )}
      </nav>
      <div className="shrink-0 px-2">
        <button
          type="button"
          onClick={() => setArchived(!archived)}
          className="touch-target flex h-8 w-full items-center gap-2.5 rounded-lg px-2 text-ink-faint text-xs transition-colors hover:bg-wash hover:text-ink"
        >
          {archived ? <ArrowLeft className="size-4" /> : <Archive className="size-4" />}
          {archived ? words.backToAll : words.archived}
        </button>
      </div>
      <div className="flex shrink-0 items-center justify-between gap-1 px-2 pt-1 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
        <AccountMenu onNavigate={onNavigate} />
        <ThemeSwitch />
      </div>
    </div>
  );
}
