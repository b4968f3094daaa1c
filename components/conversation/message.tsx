import { memo, useState } from "react";
import type { Generation, Message } from "#lib/protocol/event";
import { isFile } from "#lib/protocol/file";
import { answerWords } from "#words/answer";
import { commands } from "../keyboard/commands.ts";
import { useCommand } from "../keyboard/use-commands.ts";
import { Answer } from "./answer.tsx";
import { GenerationStatus } from "./generation-status.tsx";
import { elementIdOf } from "./message-address.ts";
import { MessageDetails } from "./message-details.tsx";
import { type MessageActions, MessageTools } from "./message-tools.tsx";
import { Prompt } from "./prompt.tsx";
import { PromptEditor } from "./prompt-editor.tsx";
import { textOf } from "./text-of.ts";

export type MessageRowProps = {
  message: Message;
  generation: Generation | undefined;
  /** Ids of all versions, joined: as one string, so that the same versions are equal. */
  versions: string;
  /** Whether someone has asked for the generation's end, which has not come yet. */
  stopping: boolean;
  last: boolean;
  actions: MessageActions;
};

/** One message. It is drawn anew only when it changes, however fast another one grows. */
export const MessageRow = memo((props: MessageRowProps) =>
  props.message.role === "assistant" ? <AnswerRow {...props} /> : <PromptRow {...props} />,
);

function AnswerRow({ message, generation, versions, stopping, last, actions }: MessageRowProps) {
  const open = generation?.status === "running" || generation?.status === "queued";
  return (
    <article id={elementIdOf(message.id)} aria-label={answerWords.answer} className="message group">
      <Answer
        message={message}
        generation={generation}
        open={open}
        onRetry={() => actions.regenerate(message.id)}
      />
      {/* The words and the tools share a row of one height, so nothing moves when an answer ends. */}
      <div className="-ml-2 mt-1 flex min-h-8 items-center pointer-coarse:min-h-11">
        {generation && <GenerationStatus generation={generation} stopping={stopping} />}
        {!open && <MessageTools message={message} versions={versions} last={last} actions={actions} />}
        {!open && <MessageDetails message={message} generation={generation} />}
      </div>
    </article>
  );
}

function PromptRow({ message, versions, last, actions }: MessageRowProps) {
  const [editing, setEditing] = useState(false);
  useCommand(`edit ${message.id}`, () => setEditing(true));
  const leave = () => {
    setEditing(false);
    commands.run("write on");
  };
  const reword = (text: string) => {
    leave();
    actions.reword(message, text);
  };
  return (
    <article id={elementIdOf(message.id)} aria-label={answerWords.you} className="message group">
      {editing ? (
        <PromptEditor
          text={textOf(message.parts)}
          files={message.parts.filter(isFile)}
          onSend={reword}
          onCancel={leave}
        />
      ) : (
        <>
          <Prompt parts={message.parts} />
          <div className="mt-1 flex justify-end">
            <MessageTools
              message={message}
              versions={versions}
              last={last}
              actions={actions}
              onEdit={() => setEditing(true)}
            />
          </div>
        </>
      )}
    </article>
  );
}
