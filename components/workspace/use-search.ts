import { useState, useSyncExternalStore } from "react";
import { useTab } from "#components/workspace/tab-provider";
import type { Search, SearchView } from "#lib/client/search";

/** A search of one's own: what is typed, what was found, and how to type. */
export function useSearch(): SearchView & Pick<Search, "type" | "again"> {
  const tab = useTab();
  const [search] = useState(() => tab.newSearch());
  const view = useSyncExternalStore(search.subscribe, search.getView, search.getView);
  return { ...view, type: search.type, again: search.again };
}
