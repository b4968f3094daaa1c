import type { Clock } from "./clock.ts";

/** How often it is looked. A device that wakes is noticed within this. */
const LOOK_MS = 5_000;
/** Browsers call a tab that nobody looks at once a minute; who is called later than that has slept. */
const SLEPT_MS = 90_000;

/**
 * Notices that a device has slept: its clock went on and nothing was called meanwhile. No browser tells of that where
 * the tab was in sight all the time.
 */
export function watchSleep(clock: Clock, onWoken: () => void): () => void {
  let lookedAtMs = clock.nowMs();
  let forget = clock.after(LOOK_MS, look);

  function look() {
    const sinceMs = clock.nowMs() - lookedAtMs;
    lookedAtMs += sinceMs;
    forget = clock.after(LOOK_MS, look);
    if (sinceMs >= SLEPT_MS) onWoken();
  }

  return () => forget();
}
