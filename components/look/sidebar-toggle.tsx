"use client";

import { PanelLeft } from "lucide-react";
import { IconButton } from "#components/ui/icon-button";
import { workspaceWords } from "#words/workspace";
import { sidebar } from "./preference.ts";
import { usePreference } from "./use-preference.ts";

/** Puts the sidebar of a wide page away, and back. Which of its two places is seen, the style sheet decides. */
export function SidebarToggle({ to }: { to: "open" | "closed" }) {
  const [, choose] = usePreference(sidebar);
  return (
    <IconButton
      label={to === "open" ? workspaceWords.showSidebar : workspaceWords.hideSidebar}
      onClick={() => choose(to)}
    >
      <PanelLeft className="size-5" />
    </IconButton>
  );
}
