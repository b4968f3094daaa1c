"use client";

import { MessageCircleDashed } from "lucide-react";
import { useRouter } from "next/navigation";
import { IconButton } from "#components/ui/icon-button";
import { messagesWords as words } from "#words/messages";

/** Whether the conversation that begins here is temporary. Its address says so, and a reload finds the same. */
export function TemporaryToggle({ on }: { on: boolean }) {
  const router = useRouter();
  return (
    <IconButton
      label={words.temporary}
      aria-pressed={on}
      onClick={() => router.replace(on ? "/" : "/?temporary")}
      className="aria-pressed:bg-accent-wash aria-pressed:text-accent"
    >
      <MessageCircleDashed className="size-5" />
    </IconButton>
  );
}
