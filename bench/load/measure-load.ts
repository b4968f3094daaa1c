import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "#bench/bench";
import { databaseBytes, postgresCpuMs } from "#bench/database-facts";
import type { Outside } from "#bench/outside/start-outside";
import type { BenchDatabase } from "#bench/start-database";
import { startServer } from "#bench/start-server";
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

export type Place = { context: Context; database: BenchDatabase; outside: Outside; providerUrl: string };
export type Size = { generations: number; servers: number; readersEach: number };

/** From the first send to the last. */
const SEND_OVER_MS = 3_000;
/** Compiles, fills caches, and lets the first flood pass. */
const WARM_UP_MS = 5_000;
const COUNT_MS = 10_000;
const SMOKE_MS = 500;

/** One flood of answers over fresh servers and an empty database, from the first prompt to the last end. */
export async function measureLoad(place: Place, size: Size): Promise<Load> {
  const { context, database, outside } = place;
  const { generations, readersEach } = size;
  const { servers, databaseUrl } = await startServers(place, size.servers);
  const urls = servers.map(({ url }) => url);
  await outside.order("open", { urls, conversations: generations, readersEach, accounts: "many" });
  const emptyBytes = await databaseBytes(database, databaseUrl);
  const times = context.smoke ? [SMOKE_MS, SMOKE_MS, SMOKE_MS] : [SEND_OVER_MS, WARM_UP_MS, COUNT_MS];
  const [overMs = 0, warmUpMs, countMs] = times;
  await outside.order("send", { text: "Say as much as you like.", overMs });
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
    missed: verdict.gaps + verdict.doubles + verdict.lostWords + verdict.doubledWords,
    serverPercent: percent("serverMs"),
    postgresPercent: percent("postgresMs"),
    outsidePercent: percent("outsideMs"),
    memoryBytes: after.memoryBytes,
    databaseBytesPerWord: bytes / (verdict.words / readersEach),
  };
}

/** So many servers on one empty database, whose model is the provider outside. */
export async function startServers({ context, database, providerUrl }: Place, count: number) {
  const databaseUrl = await database.another();
  const env = { OPENAI_COMPATIBLE_BASE_URL: providerUrl, OPENAI_COMPATIBLE_MODELS: "paced" };
  const servers = await Promise.all(
    Array.from({ length: count }, () => startServer(context, { databaseUrl, env })),
  );
  return { servers, databaseUrl };
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
