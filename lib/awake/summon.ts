import type { Moments } from "#lib/moments";
import { timesOf } from "./times.ts";

/** Where a process is woken to take what others left. */
export const SWEEP_PATH = "/api/cron/sweep";

/**
 * Wakes a process to go on with what this one has left, so that it need not wait for the next who comes. What has been
 * asked is on its way: where a process must be started first, its answer may come when this one is gone. Without an
 * address and a secret nobody is woken.
 */
export function createSummon({
  address,
  secret,
  limitMs,
  moments,
}: {
  address: string | undefined;
  secret: string | undefined;
  limitMs: number;
  moments: Pick<Moments, "emit">;
}): (left: number) => Promise<void> {
  return async (left) => {
    if (left === 0 || !address || !secret) return;
    const late = AbortSignal.timeout(timesOf(limitMs).summonMs);
    try {
      const response = await fetch(new URL(SWEEP_PATH, address), {
        headers: { authorization: `Bearer ${secret}` },
        signal: late,
      });
      if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    } catch (error) {
      if (!late.aborted) moments.emit("summon.failed", { error });
    }
  };
}
