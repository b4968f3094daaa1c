"use client";

import { ArrowUp, Square } from "lucide-react";
import {
  type ClipboardEvent,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useRef,
  useState,
} from "react";
import { useTab } from "#components/workspace/tab-provider";
import type { Model } from "#lib/protocol/api";
import type { Part } from "#lib/protocol/event";
import { partOf } from "#lib/protocol/file";
import { composerWords } from "#words/composer";
import { AttachButton } from "./attach-button.tsx";
import { AttachmentList } from "./attachment-list.tsx";
import { meansSend } from "./means-send.ts";
import { pastedFiles } from "./pasted-files.ts";
import { RoundButton } from "./round-button.tsx";
import { SlashCommandList } from "./slash-command-list.tsx";
import { useAttachments } from "./use-attachments.ts";
import { useComposerKeys } from "./use-composer-keys.ts";
import { useDraft } from "./use-draft.ts";
import { useDrop } from "./use-drop.ts";
import { optionId, useSlashCommands } from "./use-slash-commands.ts";

type ComposerProps = {
  conversationId: string;
  /** Whether nothing was said yet. */
  isNew: boolean;
  answering: boolean;
  /** Who will answer. */
  model: Model | undefined;
  onSend: (parts: Part[]) => void;
  onStop: () => void;
  /** Edits the last prompt. */
  onEditLast?: (() => void) | undefined;
  onBlur?: () => void;
  /** What stands beside the button, as the choice of model. */
  children?: ReactNode;
};

/** Where a prompt is written. It is never locked: a prompt sent while an answer is made waits its turn. */
export function Composer(props: ComposerProps) {
  const { conversationId, isNew, answering, model, onSend, onStop, onEditLast, onBlur, children } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const { drafts, attachments: kept } = useTab();
  const [text, setText] = useDraft(conversationId, field);
  const attachments = useAttachments(conversationId);
  const commands = useSlashCommands({ conversationId, isNew, text, setText });
  const isDroppedOn = useDrop(attachments.add);
  const [isWaiting, setWaiting] = useState(false);
  useComposerKeys(field);
  const isEmpty = text.trim() === "" && attachments.list.length === 0;
  const marked = commands.offered[commands.index];

  const send = async () => {
    if (isEmpty || isWaiting) return;
    // A click on the button took the focus away. On glass, whoever is done writing wants to see.
    if (matchMedia("(pointer: fine)").matches) field.current?.focus();
    if (attachments.list.length > 0) {
      setWaiting(true);
      const isKept = await kept.settled(conversationId);
      setWaiting(false);
      if (!isKept) return;
    }
    // As it is now: it may have been written on meanwhile.
    const words = drafts.read(conversationId);
    const files = kept.list(conversationId).flatMap(({ file }) => (file ? partOf(file) : []));
    const parts: Part[] = words.trim() === "" ? files : [...files, { type: "text", text: words }];
    if (parts.length === 0) return;
    onSend(parts);
    drafts.write(conversationId, "");
    kept.clear(conversationId);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (commands.onKeyDown(event)) return;
    if (event.key === "ArrowUp" && isEmpty && onEditLast) {
      event.preventDefault();
      onEditLast();
    }
    if (!meansSend(event)) return;
    event.preventDefault();
    void send();
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = pastedFiles(event);
    if (files.length === 0) return;
    event.preventDefault();
    attachments.add(files);
  };

  return (
    <form
      onSubmit={onSubmit}
      className={`relative rounded-3xl border bg-raised shadow-float transition-colors focus-within:border-accent-soft ${isDroppedOn ? "border-accent" : "border-rule-strong"}`}
    >
      <SlashCommandList commands={commands} isNew={isNew} />
      <AttachmentList
        attachments={attachments.list}
        model={model}
        onRetry={attachments.retry}
        onRemove={attachments.remove}
      />
      <div className="grid max-h-[min(40dvh,20rem)] overflow-y-auto px-4 pt-3 text-base *:col-start-1 *:row-start-1">
        <textarea
          ref={field}
          aria-label={composerWords.message}
          placeholder={isDroppedOn ? composerWords.dropHere : composerWords.placeholder}
          rows={1}
          dir="auto"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={onBlur}
          {...(marked && {
            role: "combobox",
            "aria-expanded": true,
            "aria-autocomplete": "list",
            "aria-controls": commands.listId,
            "aria-activedescendant": optionId(commands.listId, marked.command.name),
          })}
          className="resize-none overflow-hidden bg-transparent outline-none placeholder:text-ink-faint"
        />
        {/* As high as the text, so that the field beside it grows with what is written. */}
        <div aria-hidden className="invisible whitespace-pre-wrap break-words">{`${text} `}</div>
      </div>
      <div className="flex min-h-12 items-center justify-between gap-2 p-2">
        <div className="flex min-w-0 items-center gap-1">
          <AttachButton onFiles={attachments.add} />
          {children}
        </div>
        <p aria-live="polite" className="ml-auto text-ink-soft text-xs">
          {isWaiting && composerWords.waitingForFiles}
        </p>
        {answering && isEmpty ? (
          <RoundButton label={composerWords.stop} onClick={onStop}>
            <Square className="size-3.5 fill-current" />
          </RoundButton>
        ) : (
          <RoundButton label={composerWords.send} submit disabled={isEmpty || isWaiting}>
            <ArrowUp className="size-5" />
          </RoundButton>
        )}
      </div>
    </form>
  );
}
