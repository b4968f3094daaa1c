import { PenLine, RefreshCw } from "lucide-react";
import { CopyButton } from "#components/ui/copy-button";
import { IconButton } from "#components/ui/icon-button";
import type { Message } from "#lib/protocol/event";
import type { MessageActions } from "./message.tsx";
import { textOf } from "./text-of.ts";
import { Versions } from "./versions.tsx";

type MessageToolsProps = {
  message: Message;
  versions: string;
  /** The newest keeps its tools in sight; the others show theirs to whoever comes near. */
  last: boolean;
  actions: MessageActions;
  /** Given for a prompt: an answer is not worded by us. */
  onEdit?: () => void;
};

/** What can be done with a message. */
export function MessageTools({ message, versions, last, actions, onEdit }: MessageToolsProps) {
  const { id, parts } = message;
  return (
    <div className={`flex items-center ${last ? "" : "reveal"}`}>
      <Versions id={id} all={versions.split(" ")} onShow={actions.showVersion} />
      <CopyButton text={() => textOf(parts)} label={onEdit ? "Copy message" : "Copy answer"} />
      {onEdit ? (
        <IconButton label="Edit message" onClick={onEdit}>
          <PenLine className="size-4" />
        </IconButton>
      ) : (
        <IconButton label="Answer again" onClick={() => actions.regenerate(id)}>
          <RefreshCw className="size-4" />
        </IconButton>
      )}
    </div>
  );
}
