"use client";

import { Archive, ArchiveRestore, Ellipsis, PenLine, Pin, PinOff, Trash2 } from "lucide-react";
import { IconButton } from "#components/ui/icon-button";
import { Menu, MenuItem } from "#components/ui/menu";
import { tellFailure } from "#components/ui/notice";
import { useTab } from "#components/workspace/tab-provider";
import type { ChangeConversationBody } from "#lib/protocol/api";
import type { ConversationItem } from "#lib/protocol/event";
import { sidebarWords as words } from "#words/sidebar";
import { useDelete } from "./use-delete.ts";

type ConversationMenuProps = { conversation: ConversationItem; onRename: () => void };

export function ConversationMenu({ conversation, onRename }: ConversationMenuProps) {
  const { api } = useTab();
  const remove = useDelete();
  const { id, title, pinned, archived } = conversation;

  const change = (body: ChangeConversationBody) =>
    tellFailure(api.changeConversation(id, body), words.notChanged);
  const trigger = (
    <IconButton
      label={words.more(title)}
      className="reveal absolute top-0.5 right-0.5 data-[state=open]:bg-wash pointer-coarse:top-0"
    >
      <Ellipsis className="size-4" />
    </IconButton>
  );
  return (
    // The menu gives the focus to what it opens, and not back to its button.
    <Menu trigger={trigger} onCloseAutoFocus={(event) => event.preventDefault()}>
      {!archived && (
        <MenuItem onSelect={() => change({ pinned: !pinned })}>
          {pinned ? <PinOff className="size-4" /> : <Pin className="size-4" />}
          {pinned ? words.unpin : words.pin}
        </MenuItem>
      )}
      <MenuItem onSelect={onRename}>
        <PenLine className="size-4" />
        {words.rename}
      </MenuItem>
      <MenuItem onSelect={() => change({ archived: !archived })}>
        {archived ? <ArchiveRestore className="size-4" /> : <Archive className="size-4" />}
        {archived ? words.unarchive : words.archive}
      </MenuItem>
      <MenuItem danger onSelect={() => remove(id)}>
        <Trash2 className="size-4" />
        {words.delete}
      </MenuItem>
    </Menu>
  );
}
