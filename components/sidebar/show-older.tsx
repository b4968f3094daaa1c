"use client";

import { useEffect, useRef, useState } from "react";
import { tellFailure } from "#components/ui/notice";
import { useAccountStore } from "#components/workspace/tab-provider";
import { sidebarWords as words } from "#words/sidebar";

/** The page begins with this many; an account with fewer has no older ones. Of the archived ones it has none. */
const FIRST_PAGE_COUNT = 100;
/** Asked for so far before the end is in sight. */
const AHEAD = "600px";

type ShowOlderProps = { archived: boolean /** How many are listed. */; shown: number };

/** Brings older conversations into the list as its end comes near. It is a button too, for when that fails. */
export function ShowOlder({ archived, shown }: ShowOlderProps) {
  const account = useAccountStore();
  const [state, setState] = useState<"more" | "asking" | "failed" | "end">("more");
  const button = useRef<HTMLButtonElement>(null);
  const isThere = state !== "end" && (archived || shown >= FIRST_PAGE_COUNT);

  const show = async () => {
    setState("asking");
    try {
      setState((await account.showOlder({ archived })) ? "more" : "end");
    } catch (error) {
      setState("failed");
      throw error;
    }
  };
  const ask = useRef(show);
  ask.current = show;

  useEffect(() => {
    // Looked at anew after each page: it may have brought nothing that is listed here.
    if (state !== "more" || !isThere || !button.current) return;
    const watch = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && tellFailure(ask.current(), words.olderFailed),
      { rootMargin: AHEAD },
    );
    watch.observe(button.current);
    return () => watch.disconnect();
  }, [state, isThere]);

  if (!isThere) return null;
  return (
    <button
      ref={button}
      type="button"
      disabled={state === "asking"}
      onClick={() => tellFailure(show(), words.olderFailed)}
      className="touch-target mt-2 h-9 w-full rounded-lg px-2 text-start text-ink-faint transition-colors hover:bg-wash hover:text-ink disabled:opacity-50"
    >
      {words.showOlder}
    </button>
  );
}
