"use client";

import { PanelLeft, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { IconButton } from "#components/ui/icon-button";
import { sidebarWords as words } from "#words/sidebar";
import { useDrawerSwipe } from "../workspace/use-drawer-swipe.ts";
import { Sidebar } from "./sidebar.tsx";

/** The sidebar on a phone: it comes over the page from the left, also under a finger, and goes when something is chosen. */
export function Drawer() {
  const [open, setOpen] = useState(false);
  const { attachPanel, attachVeil } = useDrawerSwipe({ open, setOpen });
  const close = (
    <Dialog.Close asChild>
      <IconButton label={words.closeList}>
        <X className="size-5" />
      </IconButton>
    </Dialog.Close>
  );
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <IconButton label={words.openList}>
          <PanelLeft className="size-5" />
        </IconButton>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay ref={attachVeil} className="fixed inset-0 z-30 animate-appear bg-veil md:hidden" />
        <Dialog.Content
          ref={attachPanel}
          aria-describedby={undefined}
          className="drawer fixed inset-y-0 left-0 z-30 w-[min(19rem,85vw)] animate-slide-in bg-sunk pl-[env(safe-area-inset-left)] pt-[env(safe-area-inset-top)] shadow-float outline-none md:hidden"
        >
          <Dialog.Title className="sr-only">{words.conversations}</Dialog.Title>
          <Sidebar close={close} onNavigate={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
