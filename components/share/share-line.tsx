"use client";

import { useSyncExternalStore } from "react";
import { Mark } from "#components/brand/mark";
import type { LineView } from "#lib/client/line-view";
import type { ShareStore } from "#lib/client/share-store";
import { shareWords } from "#words/share";

type ShareLineProps = { line: ShareStore["line"]; caughtUpWords: number | undefined };

/** What the line is doing, when it matters. */
export function ShareLine({ line, caughtUpWords }: ShareLineProps) {
  const view = useSyncExternalStore(line.subscribe, line.getView, line.getView);
  const lost = lostWords(view);
  const words = lost ?? (caughtUpWords && shareWords.caughtUp(caughtUpWords));
  return (
    <div
      role="status"
      className="pointer-events-none flex shrink-0 justify-center pb-[max(0.75rem,env(safe-area-inset-bottom))]"
    >
      {words && (
        <p className="flex animate-appear items-center gap-2 rounded-full border border-rule bg-raised px-3 py-1 text-ink-soft text-xs shadow-float">
          <Mark apart={lost !== undefined} className="size-4" />
          {words}
        </p>
      )}
    </div>
  );
}

function lostWords({ state }: LineView): string | undefined {
  if (state === "reconnecting") return shareWords.reconnecting;
  if (state === "captive") return shareWords.captive;
  if (state === "offline") return shareWords.offline;
  return state === "refused" ? shareWords.crowded : undefined;
}
