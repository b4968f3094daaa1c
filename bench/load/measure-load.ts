import { setTimeout as pause } from "node:timers/promises";
import { databaseBytes, postgresCpuMs } from "#bench/database-facts";
import { missedIn, type Place, PROMPT, startServers } from "#bench/outside/place";
import { usageOf } from "#bench/usage";

export type Load = {
  /** Those that came, as a share of those that were written. */
  kept: number;
  p50Ms: number;
  p99Ms: number;
  missed: number;
  /** Of one core; of all servers together. */
  serverPercent: number;
  postgresPercent: number;
  outsidePercent: number;
  memoryBytes: number;
  databaseBytesPerWord: number;
};

export type Size = { generations: number; servers: number; readersEach: number };

/** Stands for a run in which the servers did not keep up, where others did. */
export const BEHIND: Load = {
  kept: 0,
  p50Ms: 0,
  p99Ms: 0,
  missed: 0,
  serverPercent: 0,
  postgresPercent: 0,
  outsidePercent: 0,
  memoryBytes: 0,
  databaseBytesPerWord: 0,
};

/** From the first send to the last. */
const SEND_OVER_MS = 3_000;
const BEGIN_LIMIT_MS = 20_000;
/** Compiles, fills caches, and lets the first flood pass. */
const WARM_UP_MS = 5_000;
const COUNT_MS = 10_000;
const SMOKE_MS = 500;

/**
 * One flood of answers over fresh servers and an empty database, from the first prompt to the last end. undefined if
 * some of them had not even begun after a while: the servers have more to do than they can.
 */
export async function measureLoad(place: Place, providerUrl: string, size: Size): Promise<Load | undefined> {
  const { context, database, outside } = place;
  const { generations, readersEach } = size;
  const { servers, databaseUrl } = await startServers(place, { count: size.servers, providerUrl });
  const urls = servers.map(({ url }) => url);
  await outside.order("open", { urls, conversations: generations, readersEach, accounts: "many" });
  const emptyBytes = await databaseBytes(database, databaseUrl);
  const times = context.smoke ? [SMOKE_MS, SMOKE_MS, SMOKE_MS] : [SEND_OVER_MS, WARM_UP_MS, COUNT_MS];
  const [overMs = 0, warmUpMs, countMs] = times;
  if (!(await outside.order("send", { text: PROMPT, overMs, limitMs: BEGIN_LIMIT_MS }))) {
    for (const server of servers) server.kill("SIGKILL");
    await outside.order("leave");
    await Promise.all(servers.map((server) => server.stop()));
    return undefined;
  }
  await pause(warmUpMs);

  const pids = servers.map(({ pid }) => pid);
  const before = await costs(place, pids);
  await outside.order("startCounting");
  await pause(countMs);
  const { words, written, latencyMs } = await outside.order("stopCounting");
  const after = await costs(place, pids);

  const verdict = await outside.order("finish");
  const bytes = (await databaseBytes(database, databaseUrl)) - emptyBytes;
  await outside.order("leave");
  await Promise.all(servers.map((server) => server.stop()));

  const elapsedMs = after.atMs - before.atMs;
  const percent = (name: "serverMs" | "postgresMs" | "outsideMs") =>
    ((after[name] - before[name]) / elapsedMs) * 100;
  return {
    kept: words / (written * readersEach),
    p50Ms: latencyMs?.p50 ?? Number.NaN,
    p99Ms: latencyMs?.p99 ?? Number.NaN,
    missed: missedIn(verdict),
    serverPercent: percent("serverMs"),
    postgresPercent: percent("postgresMs"),
    outsidePercent: percent("outsideMs"),
    memoryBytes: after.memoryBytes,
    databaseBytesPerWord: bytes / (verdict.words / readersEach),
  };
}

async function costs({ database, outside }: Place, pids: number[]) {
  const usages = pids.map(usageOf);
  return {
    atMs: performance.now(),
    serverMs: usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    memoryBytes: usages.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
    postgresMs: (await postgresCpuMs(database)) ?? Number.NaN,
    outsideMs: usageOf(outside.pid).cpuMs,
  };
}
