"use client";

import { Popover } from "radix-ui";
import type { Generation, Message } from "#lib/protocol/event";
import { messagesWords as words } from "#words/messages";
import { detailsOf } from "./details-of.ts";

/** Which model answered, and, for whoever asks, when it was and what it took. */
export function MessageDetails({
  message,
  generation,
}: {
  message: Message;
  generation: Generation | undefined;
}) {
  const model = message.model?.split("/").at(-1);
  if (!model) return null;
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button
          type="button"
          className="reveal touch-target min-h-6 truncate rounded-lg px-2 text-ink-faint text-xs hover:bg-wash hover:text-ink"
        >
          <span className="sr-only">{words.details} </span>
          {model}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={words.details}
          align="start"
          sideOffset={6}
          collisionPadding={8}
          className="z-40 animate-appear rounded-xl border border-rule bg-raised p-3 text-sm shadow-float outline-none"
        >
          <dl className="grid grid-cols-[auto_auto] gap-x-4 gap-y-1 tabular-nums">
            {detailsOf(message, generation).map(({ name, value }) => (
              <div key={name} className="contents">
                <dt className="text-ink-soft">{name}</dt>
                <dd className="text-end">{value}</dd>
              </div>
            ))}
          </dl>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
