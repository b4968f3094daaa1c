import { config } from "zod";

// Runs in the browser before all else. Zod would try whether it may make code from strings, for speed. The page's
// policy forbids that, so it would only be a violation to report, on every page.
config({ jitless: true });

/** Tells the page that another one was asked for. Only Next knows, and it says so here alone. */
export function onRouterTransitionStart(address: string): void {
  dispatchEvent(new CustomEvent("page-asked", { detail: address }));
}
