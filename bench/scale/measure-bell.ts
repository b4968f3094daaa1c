import postgres from "postgres";
import { ANNOUNCE_MAX_LOGS } from "#lib/log/limits";
import { newId } from "#lib/protocol/ids";
import type { Context, Table } from "../bench.ts";
import { repeated } from "../compare.ts";
import { postgresCpuMs } from "../database-facts.ts";
import { percentilesOf, type Spread } from "../spread.ts";
import type { BenchDatabase } from "../start-database.ts";

/** What a wake-up costs Postgres, by how many processes listen. */
export type Bell = { listeners: number; perSecond: Spread; cpuMs: Spread; p99: Spread }[];

const FULL = { listeners: [1, 4, 16, 64], forMs: 3_000, rounds: { runs: 3, warmUps: 0 } };
const SMOKE = { listeners: [2], forMs: 200, rounds: {} };
/** Processes that speak at once, each as the product does: the next when the one before is committed. */
const SPEAKERS = 4;
const CHANNEL = "bell";

export async function measureBell(context: Context, database: BenchDatabase): Promise<Bell> {
  const { listeners, forMs, rounds } = context.smoke ? SMOKE : FULL;
  const bell: Bell = [];
  for (const count of listeners) {
    const run = () => ring(context, database, { listeners: count, forMs });
    bell.push({ listeners: count, ...(await repeated(context, { name: `${count} listen`, run }, rounds)) });
  }
  return bell;
}

async function ring(
  { signal }: Context,
  database: BenchDatabase,
  { listeners, forMs }: { listeners: number; forMs: number },
): Promise<Record<"perSecond" | "cpuMs" | "p99", number>> {
  const connect = () => postgres(database.url, { max: 1, fetch_types: false, onnotice: () => {} });
  const ears = Array.from({ length: listeners }, connect);
  const speakers = Array.from({ length: SPEAKERS }, connect);
  const lags: number[] = [];
  let heard = 0;
  let expected = Number.POSITIVE_INFINITY;
  const quiet = Promise.withResolvers<void>();
  for (const ear of ears) {
    await ear.listen(CHANNEL, (payload) => {
      heard += 1;
      if (heard === expected) quiet.resolve();
      lags.push(performance.now() - Number(payload.slice(0, payload.indexOf(" "))));
    });
  }
  // As long as the product's are when there is much to tell.
  const logIds = Array.from({ length: ANNOUNCE_MAX_LOGS }, () => newId()).join(",");
  const before = await postgresCpuMs(database);
  const startedAtMs = performance.now();
  let said = 0;
  await Promise.all(
    speakers.map(async (speaker) => {
      while (performance.now() - startedAtMs < forMs && !signal.aborted) {
        await speaker`select pg_notify(${CHANNEL}, ${`${performance.now()} ${logIds}`})`;
        said += 1;
      }
    }),
  );
  const tookMs = performance.now() - startedAtMs;
  expected = said * listeners;
  if (heard < expected) await quiet.promise;
  const after = await postgresCpuMs(database);
  await Promise.all([...ears, ...speakers].map((sql) => sql.end({ timeout: 1 })));
  return {
    perSecond: (said / tookMs) * 1_000,
    cpuMs: ((after ?? 0) - (before ?? 0)) / said,
    p99: percentilesOf(lags).p99,
  };
}

export function bellTable(bell: Bell): Table {
  return {
    title: `Wake-ups, as fast as ${SPEAKERS} processes say them`,
    columns: [
      { name: "processes that listen" },
      { name: "wake-ups", unit: "1/s" },
      { name: "CPU of Postgres for each", unit: "ms" },
      { name: "heard after, p99", unit: "ms" },
    ],
    rows: bell.map(({ listeners, perSecond, cpuMs, p99 }) => [listeners, perSecond, cpuMs, p99]),
  };
}
