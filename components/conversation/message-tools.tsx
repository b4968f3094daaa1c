import { Ellipsis, PenLine, RefreshCw } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useIsReader } from "#components/share/reader";
import { CopyButton } from "#components/ui/copy-button";
import { IconButton } from "#components/ui/icon-button";
import { Menu, MenuItem, MenuLabel } from "#components/ui/menu";
import { tell, tellFailure } from "#components/ui/notice";
import { useModels } from "#components/workspace/tab-provider";
import type { Message } from "#lib/protocol/event";
import { plainText } from "#lib/protocol/plain-text";
import { messagesWords as words } from "#words/messages";
import { writeClipboard } from "../ui/write-clipboard.ts";
import { textOf } from "./text-of.ts";
import { Versions } from "./versions.tsx";

export type MessageActions = {
  /** Makes another answer, by the same model or by another one. */
  regenerate: (messageId: string, model?: string) => void;
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
  const copy = <CopyButton text={() => textOf(parts)} label={onEdit ? words.copyPrompt : words.copyAnswer} />;
  if (useIsReader()) return <div className="reveal flex items-center">{copy}</div>;
  return (
    <div className={`flex items-center ${last ? "" : "reveal"}`}>
      <Versions id={id} all={versions.split(" ")} onShow={actions.showVersion} />
      {copy}
      {onEdit ? (
        <IconButton label={words.edit} onClick={onEdit}>
          <PenLine className="size-4" />
        </IconButton>
      ) : (
        <>
          <IconButton label={words.again} onClick={() => actions.regenerate(id)}>
            <RefreshCw className="size-4" />
          </IconButton>
          <AnswerMenu message={message} onAgain={(model) => actions.regenerate(id, model)} />
        </>
      )}
    </div>
  );
}

/** What is done with an answer less often. */
function AnswerMenu({ message, onAgain }: { message: Message; onAgain: (model: string) => void }) {
  const models = useModels();
  const copy = (text: string) =>
    tellFailure(
      writeClipboard(text).then((copied) => {
        if (!copied) throw new Error();
        tell(words.copied);
      }),
      words.notCopied,
    );
  const trigger = (
    <IconButton label={words.more} className="data-[state=open]:bg-wash">
      <Ellipsis className="size-4" />
    </IconButton>
  );
  return (
    <Menu trigger={trigger} align="start">
      <MenuItem onSelect={() => copy(textOf(message.parts))}>{words.copyMarkdown}</MenuItem>
      <MenuItem onSelect={() => copy(plainText(textOf(message.parts)))}>{words.copyPlain}</MenuItem>
      {models.length > 1 && (
        <DropdownMenu.Group>
          <MenuLabel>{words.againWith}</MenuLabel>
          {models.map(({ id, name }) => (
            <MenuItem key={id} onSelect={() => onAgain(id)}>
              {name}
            </MenuItem>
          ))}
        </DropdownMenu.Group>
      )}
    </Menu>
  );
}
