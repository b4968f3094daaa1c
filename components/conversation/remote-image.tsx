"use client";

import { Image } from "lucide-react";
import { type ComponentProps, useState } from "react";

/**
 * An image in an answer is an address that a model wrote. Asking for it tells its host who reads, and the
 * address itself may carry words of the conversation away. So a person decides, and sees the host first.
 */
export function RemoteImage({ src, alt }: ComponentProps<"img">) {
  const [wanted, setWanted] = useState(false);
  const host = secureHost(src);
  if (!host) return alt ? <span className="text-ink-soft">{alt}</span> : null;
  if (wanted) {
    // Not by Next, which would fetch it on the server, for whoever asks.
    return <img src={String(src)} alt={alt ?? ""} referrerPolicy="no-referrer" />;
  }
  return (
    <button
      type="button"
      onClick={() => setWanted(true)}
      className="touch-target my-1 inline-flex items-center gap-2 rounded-lg border border-rule px-3 py-1.5 text-ink-soft text-sm hover:bg-wash hover:text-ink"
    >
      <Image className="size-4" />
      <span>
        {alt ? `${alt} — ` : ""}show image from {host}
      </span>
    </button>
  );
}

function secureHost(src: unknown): string | undefined {
  const url = typeof src === "string" ? URL.parse(src) : null;
  return url?.protocol === "https:" ? url.host : undefined;
}
