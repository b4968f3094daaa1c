import { setTimeout as pause } from "node:timers/promises";
import { missedIn, type Place, PROMPT, startServers } from "#bench/outside/place";
import { usageOf } from "#bench/usage";

export type Stalls = {
  /** How much larger the server became while words came. */
  grownBytes: number;
  /** What was written meanwhile for those who stall, all together. */
  owedBytes: number;
  p99Ms: number;
  missed: number;
};

export type Readers = { flowing: number; stalled: number };

/** The system has its own buffers between two processes. They fill first. */
const FILL_MS = 6_000;
const READ_MS = 8_000;
const SMOKE_MS = 500;

/**
 * An answer of large words to readers of whom some take nothing while it lasts, with their connections open. When it
 * is over they read on, and must have all of it.
 */
export async function measureStalls(
  place: Place,
  { providerUrl, bytesPerMs }: { providerUrl: string; bytesPerMs: number },
  { flowing, stalled }: Readers,
): Promise<Stalls> {
  const { context, outside } = place;
  const [fillMs, readMs] = context.smoke ? [SMOKE_MS, SMOKE_MS] : [FILL_MS, READ_MS];
  const { servers } = await startServers(place, { count: 1, providerUrl });
  const urls = servers.map(({ url }) => url);
  const pid = servers[0]?.pid ?? 0;
  await outside.order("open", { urls, conversations: 1, readersEach: flowing + stalled, accounts: "one" });
  await outside.order("stall", stalled);
  await outside.order("send", { text: PROMPT, overMs: 0 });
  await pause(fillMs);
  const before = usageOf(pid);
  await outside.order("startCounting");
  await pause(readMs);
  const { latencyMs } = await outside.order("stopCounting");
  const after = usageOf(pid);
  const verdict = await outside.order("finish");
  await outside.order("leave");
  await Promise.all(servers.map((server) => server.stop()));
  return {
    grownBytes: after.memoryBytes - before.memoryBytes,
    owedBytes: stalled * bytesPerMs * readMs,
    p99Ms: latencyMs?.p99 ?? Number.NaN,
    missed: missedIn(verdict),
  };
}
