"use client";

import { type KeyboardEvent, useState } from "react";
import { Button } from "#components/ui/button";
import type { FilePart as File } from "#lib/protocol/file";
import { composerWords } from "#words/composer";
import { FilePart } from "./file-part.tsx";
import { meansSend } from "./means-send.ts";

type PromptEditorProps = {
  text: string;
  /** They go with the new wording too. */
  files: File[];
  onSend: (text: string) => void;
  onCancel: () => void;
};

/** A sent prompt, worded anew. The old wording and all that followed it stay, as another version. */
export function PromptEditor({ text, files, onSend, onCancel }: PromptEditorProps) {
  const [wording, setWording] = useState(text);
  const isEmpty = wording.trim() === "" && files.length === 0;

  const onKeyDown = (event: KeyboardEvent) => {
    if (meansSend(event)) {
      event.preventDefault();
      if (!isEmpty) onSend(wording);
    }
    if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
    // Escape also stops an answer, but not from here.
    event.preventDefault();
    onCancel();
  };

  return (
    <div className="rounded-2xl border border-rule-strong bg-raised p-2 focus-within:border-accent-soft">
      {files.length > 0 && (
        <div className="flex flex-wrap gap-1.5 p-1">
          {files.map((file, index) => (
            <FilePart key={index} file={file} />
          ))}
        </div>
      )}
      <div className="grid max-h-[50dvh] overflow-y-auto p-2 text-base *:col-start-1 *:row-start-1">
        <textarea
          autoFocus
          aria-label={composerWords.newWording}
          dir="auto"
          rows={1}
          value={wording}
          onFocus={({ target }) => target.setSelectionRange(text.length, text.length)}
          onChange={(event) => setWording(event.target.value)}
          onKeyDown={onKeyDown}
          className="resize-none overflow-hidden bg-transparent outline-none"
        />
        <div aria-hidden className="invisible whitespace-pre-wrap break-words">{`${wording} `}</div>
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>{composerWords.cancel}</Button>
        <Button look="accent" disabled={isEmpty} onClick={() => onSend(wording)}>
          {composerWords.send}
        </Button>
      </div>
    </div>
  );
}
