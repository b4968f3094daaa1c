"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./icon-button.tsx";

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
    <IconButton label={copied ? "Copied" : label} onClick={copy}>
      {copied ? <Check className="size-4 text-accent" /> : <Copy className="size-4" />}
    </IconButton>
  );
}

/** Also works on plain HTTP in a home network, where browsers hide the clipboard interface. */
export async function writeClipboard(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}
