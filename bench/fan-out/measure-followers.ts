import { setTimeout as pause } from "node:timers/promises";
import { missedIn, type Place, PROMPT, startServers } from "#bench/outside/place";
import { usageOf } from "#bench/usage";

export type Following = {
  /** Of the server, for each word at each follower. */
  cpuUs: number;
  p50Ms: number;
  p99Ms: number;
  /** Of the server, for each follower while nothing happens. */
  idleBytes: number;
  missed: number;
};

/** So many come and go before anything is counted: code is compiled, and memory that stays is taken. */
const WARM_UP_FOLLOWERS = 200;
const WARM_UP_MS = 3_000;
/** Memory that nobody uses any more is given back by then, if it ever is. */
const SETTLE_MS = 3_000;
const COUNT_MS = 10_000;
const SMOKE_MS = 500;

/** So many readers of one conversation, on a server that does nothing else. */
export async function measureFollowers(
  place: Place,
  providerUrl: string,
  followers: number,
): Promise<Following> {
  const { context, outside } = place;
  const times = context.smoke ? [SMOKE_MS, SMOKE_MS, SMOKE_MS] : [WARM_UP_MS, SETTLE_MS, COUNT_MS];
  const [warmUpMs = 0, settleMs, countMs] = times;
  const { servers } = await startServers(place, { count: 1, providerUrl });
  const urls = servers.map(({ url }) => url);
  const pid = servers[0]?.pid ?? 0;
  const come = (readersEach: number) =>
    outside.order("open", { urls, conversations: 1, readersEach, accounts: "one" });

  await come(Math.min(followers, WARM_UP_FOLLOWERS));
  await outside.order("send", { text: PROMPT, overMs: 0 });
  await pause(warmUpMs);
  const warmed = await outside.order("finish");
  await outside.order("leave");
  await pause(settleMs);
  const alone = usageOf(pid);

  await come(followers);
  await pause(settleMs);
  const crowded = usageOf(pid);
  await outside.order("send", { text: PROMPT, overMs: 0 });
  await pause(settleMs);

  const before = usageOf(pid);
  await outside.order("startCounting");
  await pause(countMs);
  const { words, latencyMs } = await outside.order("stopCounting");
  const after = usageOf(pid);
  const verdict = await outside.order("finish");
  await outside.order("leave");
  await Promise.all(servers.map((server) => server.stop()));
  return {
    cpuUs: ((after.cpuMs - before.cpuMs) * 1_000) / words,
    p50Ms: latencyMs?.p50 ?? Number.NaN,
    p99Ms: latencyMs?.p99 ?? Number.NaN,
    idleBytes: (crowded.memoryBytes - alone.memoryBytes) / followers,
    missed: missedIn(warmed) + missedIn(verdict),
  };
}
