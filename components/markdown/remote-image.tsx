"use client";

import type { ComponentProps } from "react";
import { ForeignLink } from "#components/ui/foreign-link";
import { useImageOrigins } from "#components/workspace/tab-provider";
import { answerWords } from "#words/answer";

/**
 * An image in an answer is an address that a model wrote. Asking for it tells its host who reads, and the
 * address itself may carry words of the conversation away. So it is shown if the operator allows its origin, and
 * otherwise a person decides, and sees the host first. It opens beside: the policy of the page would not let it in.
 */
export function RemoteImage({ src, alt }: ComponentProps<"img">) {
  const allowed = useImageOrigins();
  const url = secureUrl(src);
  if (!url) return alt ? <span className="text-ink-soft">{alt}</span> : null;
  if (allowed.includes(url.origin)) {
    // Not by Next, which would fetch it on the server, for whoever asks.
    return <img src={url.href} alt={alt ?? ""} referrerPolicy="no-referrer" loading="lazy" />;
  }
  return (
    <ForeignLink
      href={url.href}
      className="touch-target my-1 inline-flex max-w-full items-center gap-1.5 rounded-lg border border-rule px-3 py-1.5 text-ink-soft text-sm hover:bg-wash hover:text-ink"
    >
      <span className="truncate">
        {alt ? answerWords.openNamedImage(alt, url.host) : answerWords.openImage(url.host)}
      </span>
    </ForeignLink>
  );
}

function secureUrl(src: unknown): URL | undefined {
  const url = typeof src === "string" ? URL.parse(src) : null;
  return url?.protocol === "https:" ? url : undefined;
}
