import { setTimeout as delay } from "node:timers/promises";

/** Waits; rejects the moment the signal fires. Handed in, so that tests need not wait. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

export const sleep: Sleep = async (ms, signal) => {
  await delay(ms, undefined, { signal });
};
