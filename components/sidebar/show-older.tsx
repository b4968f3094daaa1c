"use client";

import { useState } from "react";
import { tellFailure } from "#components/ui/notice";
import { useAccountStore } from "#components/workspace/tab-provider";

/** A page of the server holds this many; an account with fewer has no older ones. */
const FIRST_PAGE_COUNT = 100;

/** Brings older conversations into the list, for those who have many. */
export function ShowOlder({ shown }: { shown: number }) {
  const account = useAccountStore();
  const [state, setState] = useState<"more" | "asking" | "end">("more");
  if (shown < FIRST_PAGE_COUNT || state === "end") return null;

  const show = async () => {
    setState("asking");
    try {
      setState((await account.showOlder()) ? "more" : "end");
    } catch (error) {
      setState("more");
      throw error;
    }
  };
  return (
    <button
      type="button"
      disabled={state === "asking"}
      onClick={() => tellFailure(show(), "Older conversations were not loaded.")}
      className="touch-target mt-2 h-9 w-full rounded-lg px-2 text-start text-ink-faint transition-colors hover:bg-wash hover:text-ink disabled:opacity-50"
    >
      Show older
    </button>
  );
}
