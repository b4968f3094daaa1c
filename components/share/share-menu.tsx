"use client";

import { Download, Link2, Share2, Smartphone } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { IconButton } from "#components/ui/icon-button";
import { Menu, MenuItem } from "#components/ui/menu";
import type { Conversation } from "#lib/protocol/event";
import { conversationWords } from "#words/conversation";
import { shareWords } from "#words/share";
import { commands } from "../keyboard/commands.ts";
import { useCommand } from "../keyboard/use-commands.ts";
import { ExportDialog } from "./export-dialog.tsx";
import { ShareDialog } from "./share-dialog.tsx";

/** How a conversation gets to others and elsewhere, and the sign that others read it. */
export function ShareMenu({ conversation }: { conversation: Conversation }) {
  const [open, setOpen] = useState<"share" | "export">();
  useCommand("share", () => setOpen("share"));
  useCommand("export", () => setOpen("export"));
  const { id, title, temporary = false } = conversation;
  const shareToken = conversation.shareToken ?? undefined;
  const change = (isOpen: boolean) => setOpen((now) => (isOpen ? now : undefined));
  return (
    <>
      {shareToken && (
        <Button
          title={shareWords.sharedHint}
          className="h-7! shrink-0 px-2! text-ink-soft text-xs!"
          onClick={() => setOpen("share")}
        >
          <Link2 className="size-3.5" />
          <span className="max-md:sr-only">{shareWords.shared}</span>
        </Button>
      )}
      <Menu
        // The menu gives the focus to what it opens, and not back to its button.
        onCloseAutoFocus={(event) => event.preventDefault()}
        trigger={
          <IconButton label={shareWords.menu} className="data-[state=open]:bg-wash">
            <Share2 className="size-5" />
          </IconButton>
        }
      >
        {!temporary && (
          <MenuItem onSelect={() => setOpen("share")}>
            <Link2 className="size-4" />
            {shareWords.share}
          </MenuItem>
        )}
        <MenuItem onSelect={() => setOpen("export")}>
          <Download className="size-4" />
          {shareWords.exportOne}
        </MenuItem>
        <MenuItem className="md:hidden" onSelect={() => commands.run("continue-elsewhere")}>
          <Smartphone className="size-4" />
          {conversationWords.elsewhere.title}
        </MenuItem>
      </Menu>
      <ShareDialog
        conversationId={id}
        title={title}
        shareToken={shareToken}
        open={open === "share"}
        onOpenChange={change}
      />
      <ExportDialog conversationId={id} open={open === "export"} onOpenChange={change} />
    </>
  );
}
