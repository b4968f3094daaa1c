"use client";

import { ArrowUp, Square } from "lucide-react";
import { type FormEvent, type KeyboardEvent, type ReactNode, useRef } from "react";
import { meansSend } from "./means-send.ts";
import { useComposerKeys } from "./use-composer-keys.ts";
import { useDraft } from "./use-draft.ts";

type ComposerProps = {
  /** By which the draft is kept over a reload. */
  name: string;
  answering: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
  /** What stands beside the button, as the choice of model. */
  children?: ReactNode;
};

/** Where a prompt is written. It is never locked: a prompt sent while an answer is made waits its turn. */
export function Composer({ name, answering, onSend, onStop, children }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useDraft(name, field);
  useComposerKeys(field);

  const send = () => {
    if (text.trim() === "") return;
    onSend(text);
    setText("");
    // A click on the button took the focus away. On glass, whoever is done writing wants to see.
    if (matchMedia("(pointer: fine)").matches) field.current?.focus();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!meansSend(event)) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      onSubmit={onSubmit}
      className="rounded-3xl border border-rule-strong bg-raised shadow-float transition-colors focus-within:border-accent-soft"
    >
      <div className="grid max-h-[min(40dvh,20rem)] overflow-y-auto px-4 pt-3 text-base *:col-start-1 *:row-start-1">
        <textarea
          ref={field}
          aria-label="Message"
          placeholder="Write a message"
          rows={1}
          dir="auto"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          className="resize-none overflow-hidden bg-transparent outline-none placeholder:text-ink-faint"
        />
        {/* As high as the text, so that the field beside it grows with what is written. */}
        <div aria-hidden className="invisible whitespace-pre-wrap break-words">{`${text} `}</div>
      </div>
      <div className="flex min-h-12 items-center justify-between gap-2 p-2">
        <div className="min-w-0">{children}</div>
        {answering && text.trim() === "" ? (
          <RoundButton label="Stop" onClick={onStop}>
            <Square className="size-3.5 fill-current" />
          </RoundButton>
        ) : (
          <RoundButton label="Send" submit disabled={text.trim() === ""}>
            <ArrowUp className="size-5" />
          </RoundButton>
        )}
      </div>
    </form>
  );
}

type RoundButtonProps = {
  label: string;
  submit?: boolean;
  disabled?: boolean;
  onClick?: () => void;
  children: ReactNode;
};

function RoundButton({ label, submit, disabled, onClick, children }: RoundButtonProps) {
  return (
    <button
      type={submit ? "submit" : "button"}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
      className="touch-target grid size-9 shrink-0 place-items-center rounded-full bg-accent text-on-accent transition-[opacity,background-color,color] hover:opacity-90 disabled:bg-wash disabled:text-ink-faint"
    >
      {children}
    </button>
  );
}
