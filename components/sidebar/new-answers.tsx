"use client";

import { useUnread } from "#components/workspace/tab-provider";
import { sidebarWords as words } from "#words/sidebar";

/** A dot on the way to the list, while the list is put away and has something new. */
export function NewAnswers() {
  const count = useUnread().length;
  if (count === 0) return null;
  return (
    <span className="pointer-events-none absolute top-0.5 right-0.5 size-2 pointer-coarse:top-1.5 pointer-coarse:right-1.5 rounded-full bg-accent ring-2 ring-paper">
      <span className="sr-only">{words.newAnswers(count)}</span>
    </span>
  );
}
