/** Waits; rejects with the signal's reason the moment it fires. Handed in, so that tests need not wait. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Like the one of `node:timers/promises` and half as dear: the demo model sleeps before every chunk. */
export const sleep: Sleep = (ms, signal) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", stop, { once: true });
  });
