import type { Clock } from "./clock.ts";
import type { World } from "./world.ts";

/**
 * Waits for `ms`, or less when `signal` aborts or the world gives a reason to go on now: the network is back,
 * the device woke, or someone looks at the tab. Says whether the world did.
 */
export function pause(
  { clock, world }: { clock: Clock; world: World },
  ms: number,
  signal: AbortSignal,
): Promise<boolean> {
  if (ms <= 0 || signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (wokenUp: boolean) => {
      forget();
      unsubscribe();
      signal.removeEventListener("abort", stop);
      resolve(wokenUp);
    };
    const stop = () => end(false);
    const forget = clock.after(ms, stop);
    const unsubscribe = world.subscribe((event) => {
      if (event === "online" || event === "visible" || event === "woken") end(true);
    });
    signal.addEventListener("abort", stop);
  });
}
