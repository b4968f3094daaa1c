import type { ReactNode } from "react";
import { Keyboard } from "#components/keyboard/keyboard";
import { SidebarToggle } from "#components/look/sidebar-toggle";
import { Sidebar } from "#components/sidebar/sidebar";
import { Toasts } from "#components/ui/toast";
import { workspaceWords } from "#words/workspace";
import { AboveKeyboard } from "./above-keyboard.tsx";
import { Arriving } from "./arriving.tsx";

/** The sidebar beside the open page. On a phone the page is alone, and the sidebar is its drawer. */
export function Workspace({ children }: { children: ReactNode }) {
  return (
    <div className="flex h-[var(--page-height,100dvh)]">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-lg focus:bg-raised focus:px-4 focus:py-2 focus:shadow-float"
      >
        {workspaceWords.skip}
      </a>
      <aside
        aria-label={workspaceWords.sidebar}
        className="hidden w-66 shrink-0 border-rule border-r bg-sunk md:block sidebar-closed:hidden"
      >
        <Sidebar close={<SidebarToggle to="closed" />} />
      </aside>
      <main id="main" tabIndex={-1} className="relative min-w-0 flex-1 outline-none">
        {children}
        <Arriving />
      </main>
      <Toasts />
      <Keyboard />
      <AboveKeyboard />
    </div>
  );
}
