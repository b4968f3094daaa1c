"use client";

import { Ellipsis, PenLine, Pin, PinOff, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Confirm } from "#components/ui/confirm";
import { IconButton } from "#components/ui/icon-button";
import { Menu, MenuItem } from "#components/ui/menu";
import { tellFailure } from "#components/ui/notice";
import { useTab } from "#components/workspace/tab-provider";
import type { ConversationItem } from "#lib/protocol/event";

type ConversationMenuProps = { conversation: ConversationItem; open: boolean; onRename: () => void };

export function ConversationMenu({ conversation, open, onRename }: ConversationMenuProps) {
  const { api } = useTab();
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const { id, title, pinned } = conversation;

  const remove = async () => {
    if (open) router.push("/");
    await api.deleteConversation(id);
  };
  const pin = () => api.changeConversation(id, { pinned: !pinned });
  const trigger = (
    <IconButton
      label={`More about ${title}`}
      className="reveal absolute top-0.5 right-0.5 data-[state=open]:bg-wash pointer-coarse:top-0"
    >
      <Ellipsis className="size-4" />
    </IconButton>
  );
  return (
    <>
      {/* The menu gives the focus to what it opens, and not back to its button. */}
      <Menu trigger={trigger} onCloseAutoFocus={(event) => event.preventDefault()}>
        <MenuItem onSelect={() => tellFailure(pin(), "This could not be changed.")}>
          {pinned ? <PinOff className="size-4" /> : <Pin className="size-4" />}
          {pinned ? "Unpin" : "Pin"}
        </MenuItem>
        <MenuItem onSelect={onRename}>
          <PenLine className="size-4" />
          Rename
        </MenuItem>
        <MenuItem danger onSelect={() => setAsking(true)}>
          <Trash2 className="size-4" />
          Delete
        </MenuItem>
      </Menu>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Delete this conversation?"
        detail={`“${title}” is deleted on all your devices. This cannot be undone.`}
        action="Delete"
        onConfirm={() => tellFailure(remove(), "The conversation was not deleted.")}
      />
    </>
  );
}
