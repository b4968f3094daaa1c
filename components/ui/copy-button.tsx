"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { workspaceWords } from "#words/workspace";
import { IconButton } from "./icon-button.tsx";
import { writeClipboard } from "./write-clipboard.ts";

const SHOWN_MS = 1_600;

/** Copies a text and says so for a moment. `text` may be a function, so that nothing is built until it is asked for. */
export function CopyButton({ text, label }: { text: string | (() => string); label: string }) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => setCopied(await writeClipboard(typeof text === "string" ? text : text()));
  return (
    <IconButton label={copied ? workspaceWords.copied : label} onClick={copy}>
      {copied ? <Check className="size-4 text-accent" /> : <Copy className="size-4" />}
    </IconButton>
  );
}
