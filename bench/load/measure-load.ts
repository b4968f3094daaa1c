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

/** A run in which some answers had not even begun after a while: there is nothing to be measured of them. */
const BEHIND: Load = {
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

/** Between two sends. How many at once can be taken is another question (`measure-burst.ts`). */
const SEND_EVERY_MS = 25;
/** After the last send. */
const BEGIN_LIMIT_MS = 20_000;
/** Compiles, fills caches, and lets the first flood pass. */
const WARM_UP_MS = 5_000;
const COUNT_MS = 10_000;
const SMOKE_MS = 500;

/** One flood of answers over fresh servers and an empty database, from the first prompt to the last end. */
export async function measureLoad(place: Place, providerUrl: string, size: Size): Promise<Load> {
  const { context, database, outside } = place;
  const { generations, readersEach } = size;
  const { servers, databaseUrl } = await startServers(place, { count: size.servers, providerUrl });
  const urls = servers.map(({ url }) => url);
  await outside.order("open", { urls, conversations: generations, readersEach, accounts: "many" });
  const emptyBytes = await databaseBytes(database, databaseUrl);
  const [warmUpMs, countMs] = context.smoke ? [SMOKE_MS, SMOKE_MS] : [WARM_UP_MS, COUNT_MS];
  const overMs = generations * SEND_EVERY_MS;
  if (!(await outside.order("send", { text: PROMPT, overMs, limitMs: overMs + BEGIN_LIMIT_MS }))) {
    for (const server of servers) server.kill("SIGKILL");
    await outside.order("leave");
    await Promise.all(servers.map((server) => server.stop()));
    return BEHIND;
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
