import { startTransition, useCallback, useEffect, useState } from "react";

/** So many of the newest are there from the beginning, in what the server draws too. */
const AT_ONCE = 3;

/** Which batches of a list are drawn: the newest, those that are asked for, and with time all of them. */
export function useMounted(count: number) {
  // By number from the oldest on, which does not change as the list grows.
  const [from] = useState(() => Math.max(0, count - AT_ONCE));
  const [asked, setAsked] = useState<ReadonlySet<number>>(NOTHING);
  // A shorter branch may be chosen, all of which lies before what was drawn.
  const start = Math.min(from, Math.max(0, count - AT_ONCE));
  const next = newestMissing(start, asked);

  const mount = useCallback((batch: number) => {
    setAsked((before) => (before.has(batch) ? before : new Set([...before, batch])));
  }, []);

  useEffect(() => {
    if (next < 0) return;
    return whenIdle(() => startTransition(() => mount(next)));
  }, [next, mount]);

  return { isMounted: (batch: number) => batch >= start || asked.has(batch), mount };
}

const NOTHING: ReadonlySet<number> = new Set();

function newestMissing(start: number, asked: ReadonlySet<number>): number {
  let batch = start - 1;
  while (asked.has(batch)) batch -= 1;
  return batch;
}

function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback !== "function") {
    const timer = setTimeout(act, 50);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(act);
  return () => cancelIdleCallback(handle);
}
