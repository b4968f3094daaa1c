import { SquarePen } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { SidebarToggle } from "#components/look/sidebar-toggle";
import { Drawer } from "#components/sidebar/drawer";
import { NewAnswers } from "#components/sidebar/new-answers";
import { conversationWords } from "#words/conversation";

type HeaderProps = {
  title?: string | undefined;
  /** What can be done with it. */
  children?: ReactNode;
};

/** The top of the page: the way to the list, what this is, the way to a new conversation. */
export function Header({ title, children }: HeaderProps) {
  return (
    <header className="flex h-[calc(3.5rem+env(safe-area-inset-top))] shrink-0 items-center gap-1 px-2 pt-[env(safe-area-inset-top)] md:px-3">
      <div className="relative md:hidden">
        <Drawer />
        <NewAnswers />
      </div>
      <div className="relative hidden sidebar-closed:md:block">
        <SidebarToggle to="open" />
        <NewAnswers />
      </div>
      <div className="min-w-0 flex-1 px-1 text-center font-medium text-ink-soft md:text-start">
        {title && (
          <h1 dir="auto" className="truncate">
            {title}
          </h1>
        )}
      </div>
      {children}
      <Link
        href="/"
        aria-label={conversationWords.newConversation}
        title={conversationWords.newConversation}
        className="touch-target inline-flex size-8 items-center justify-center rounded-lg text-ink-soft hover:bg-wash hover:text-ink md:not-sidebar-closed:hidden"
      >
        <SquarePen className="size-5" />
      </Link>
    </header>
  );
}
