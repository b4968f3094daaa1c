"use client";

import { Paperclip } from "lucide-react";
import { useRef } from "react";
import { IconButton } from "#components/ui/icon-button";
import { composerWords } from "#words/composer";

// Pictures first: by that a phone offers its camera. What else is text the server finds out.
const OFFERED =
  "image/*,application/pdf,text/*,.md,.json,.csv,.ts,.tsx,.js,.py,.rs,.go,.sql,.yaml,.yml,.toml,.log";

/** Opens the device's own choice of files. */
export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label={composerWords.attach} onClick={() => input.current?.click()}>
        <Paperclip className="size-4.5" />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={OFFERED}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          target.value = ""; // So that the same file can be chosen again.
        }}
      />
    </>
  );
}
