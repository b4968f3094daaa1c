/**
 * Remembers one wake-up until somebody waits for it. Many wake-ups in a row are one: the log
 * holds what happened, the latch only says "look again".
 */
export type Latch = {
  wake(): void;
  /** Resolves at the next wake-up (at once, if one came since the last wait) or when `signal` aborts. */
  wait(signal: AbortSignal): Promise<void>;
};

export function createLatch(): Latch {
  let woken = false;
  let release: (() => void) | undefined;

  return {
    wake() {
      woken = true;
      release?.();
    },

    async wait(signal) {
      if (!woken && !signal.aborted) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const go = () => resolve();
        release = go;
        signal.addEventListener("abort", go, { once: true });
        await promise;
        signal.removeEventListener("abort", go);
        release = undefined;
      }
      woken = false;
    },
  };
}
