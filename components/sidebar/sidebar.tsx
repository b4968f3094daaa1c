"use client";

import { SquarePen } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Mark } from "#components/brand/mark";
import { ThemeSwitch } from "#components/look/theme-switch";
import { AccountMenu } from "./account-menu.tsx";
import { ConversationList } from "./conversation-list.tsx";

type SidebarProps = {
  /** The button that puts the sidebar away. */
  close: ReactNode;
  /** Told when a person goes somewhere from here. */
  onNavigate?: () => void;
};

/** The account's conversations, and the way to a new one. */
export function Sidebar({ close, onNavigate }: SidebarProps) {
  return (
    <div className="flex h-full flex-col">
      <div className="flex h-14 shrink-0 items-center justify-between pr-2 pl-4">
        <Link
          href="/"
          onClick={onNavigate}
          className="flex items-center gap-2 rounded-md font-semibold text-base tracking-[-0.01em]"
        >
          <Mark />
          Rejoin
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
          New conversation
        </Link>
      </div>
      <nav aria-label="Conversations" className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-4">
        <ConversationList onNavigate={onNavigate} />
      </nav>
      <div className="flex shrink-0 items-center justify-between gap-1 px-2 pt-1 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
        <AccountMenu onNavigate={onNavigate} />
        <ThemeSwitch />
      </div>
    </div>
  );
}
