"use client";

import { usePathname } from "next/navigation";
import { Button } from "#components/ui/button";
import type { SearchView } from "#lib/client/search";
import { sidebarWords as words } from "#words/sidebar";
import { SearchHitRow } from "./search-hit-row.tsx";

type SearchResultsProps = { view: SearchView; onAgain: () => void; onNavigate?: (() => void) | undefined };

/** What was found, in the place of the list. */
export function SearchResults({ view, onAgain, onNavigate }: SearchResultsProps) {
  const path = usePathname();
  const { kind, hits, q } = view;
  return (
    <section aria-label={words.found} aria-busy={kind === "searching"}>
      <p role="status" className="px-2 pt-4 pb-1 text-ink-faint text-xs">
        {kind === "searching" && hits.length === 0 && words.searching}
        {kind === "found" &&
          (hits.length === 0 ? words.nothingFound(q.trim()) : words.foundCount(hits.length))}
        {kind === "searching" && hits.length > 0 && words.foundCount(hits.length)}
      </p>
      {kind === "failed" && (
        <div className="px-2">
          <p role="alert" className="text-danger">
            {words.searchFailed} {view.detail}
          </p>
          <Button className="mt-2" onClick={onAgain}>
            {words.tryAgain}
          </Button>
        </div>
      )}
      <ul>
        {hits.map((hit) => (
          <SearchHitRow
            key={`${hit.conversation.id} ${hit.messageId}`}
            hit={hit}
            isOpen={path === `/conversations/${hit.conversation.id}`}
            onNavigate={onNavigate}
          />
        ))}
      </ul>
    </section>
  );
}
