"use client";

import { useSyncExternalStore } from "react";

const SHOWN_MS = 6_000;

let words = "";
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Says for a few seconds that something a person asked for did not happen, and why. */
export function tellFailure(asked: Promise<unknown>, what: string) {
  asked.catch((error: unknown) => {
    show(error instanceof Error ? `${what} ${error.message}` : what);
    clearTimeout(timer);
    timer = setTimeout(() => show(""), SHOWN_MS);
  });
}

function show(what: string) {
  words = what;
  for (const tell of listeners) tell();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where failures are told; once on a page. */
export function Notice() {
  const shown = useSyncExternalStore(
    subscribe,
    () => words,
    () => "",
  );
  return (
    <div role="alert" className="pointer-events-none fixed inset-x-4 top-4 z-50 flex justify-center">
      {shown && (
        <p className="max-w-md animate-appear rounded-xl border border-rule bg-raised px-4 py-2.5 text-danger shadow-float">
          {shown}
        </p>
      )}
    </div>
  );
}
