import type { Clock } from "./clock.ts";

/** A clock for tests that stands still until it is told how much time has passed. */
export function createFakeClock(startMs = 1_700_000_000_000) {
  let nowMs = startMs;
  const waiting = new Set<{ atMs: number; act: () => void }>();

  const clock: Clock = {
    nowMs: () => nowMs,
    after(ms, act) {
      const call = { atMs: nowMs + ms, act };
      waiting.add(call);
      return () => waiting.delete(call);
    },
  };

  return {
    ...clock,

    /** Lets time pass, and calls in order whatever falls due, also what is asked for on the way. */
    advance(ms: number) {
      const untilMs = nowMs + ms;
      for (;;) {
        const due = [...waiting].filter((call) => call.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (!due) break;
        waiting.delete(due);
        nowMs = Math.max(nowMs, due.atMs);
        due.act();
      }
      nowMs = untilMs;
    },

    /** Time passes while nothing is called, as on a device that sleeps. Call by call what is due comes later. */
    sleep(ms: number) {
      nowMs += ms;
      for (const call of waiting) call.atMs += ms;
    },

    /** What is still to come, in milliseconds from now. A test that ends with some has left something running. */
    pending: () => [...waiting].map((call) => call.atMs - nowMs).sort((a, b) => a - b),
  };
}
