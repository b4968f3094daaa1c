import { useSyncExternalStore } from "react";

const TICK_MS = 60_000;

/** The time, by the minute. The first view has the time of the page, so that server and browser draw the same. */
export function useClock(renderedAtMs: number): number {
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(Date.now() / TICK_MS) * TICK_MS,
    () => renderedAtMs,
  );
}

function subscribe(listener: () => void) {
  const timer = setInterval(listener, TICK_MS);
  return () => clearInterval(timer);
}
