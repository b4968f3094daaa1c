import { PenLine, RefreshCw } from "lucide-react";
import { useIsReader } from "#components/share/reader";
import { CopyButton } from "#components/ui/copy-button";
import { IconButton } from "#components/ui/icon-button";
import type { Message } from "#lib/protocol/event";
import { textOf } from "./text-of.ts";
import { Versions } from "./versions.tsx";

export type MessageActions = {
  regenerate: (messageId: string) => void;
  showVersion: (messageId: string) => void;
  /** Answers another wording of a prompt, beside the old one. */
  reword: (message: Message, text: string) => void;
};

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
  const copy = <CopyButton text={() => textOf(parts)} label={onEdit ? "Copy message" : "Copy answer"} />;
  if (useIsReader()) return <div className="reveal flex items-center">{copy}</div>;
  return (
    <div className={`flex items-center ${last ? "" : "reveal"}`}>
      <Versions id={id} all={versions.split(" ")} onShow={actions.showVersion} />
      {copy}
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
