"use client";

import { Search, X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { IconButton } from "#components/ui/icon-button";
import { SEARCH_MAX_LENGTH } from "#lib/protocol/search";
import { sidebarWords as words } from "#words/sidebar";
import { moveTo } from "./move-focus.ts";

type SearchFieldProps = {
  value: string;
  onChange: (q: string) => void;
  /** Goes to what was found first. */
  onEnter: () => void;
};

/** Where somebody types what they look for. The arrows lead on to what was found. */
export function SearchField({ value, onChange, onEnter }: SearchFieldProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") onEnter();
    if (event.key === "ArrowDown" && moveTo("first")) event.preventDefault();
    if (event.key !== "Escape" || value === "") return;
    // Escape also stops an answer, and closes what stands over the page, but not from here.
    event.preventDefault();
    event.stopPropagation();
    onChange("");
  };
  return (
    <search className="relative flex items-center">
      <Search aria-hidden className="pointer-events-none absolute left-2 size-4 text-ink-faint" />
      <input
        type="text"
        data-search
        aria-label={words.search}
        placeholder={words.search}
        value={value}
        maxLength={SEARCH_MAX_LENGTH}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        dir="auto"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-9 w-full rounded-lg bg-transparent pr-9 pl-8.5 text-base outline-offset-0 placeholder:text-ink-soft hover:bg-wash focus:bg-wash md:text-sm pointer-coarse:h-11"
      />
      {value !== "" && (
        <IconButton label={words.clearSearch} onClick={() => onChange("")} className="absolute right-0.5">
          <X className="size-4" />
        </IconButton>
      )}
    </search>
  );
}
