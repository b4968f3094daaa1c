import { setTimeout as pause } from "node:timers/promises";
import type { Sql } from "postgres";
import { usageOf } from "#bench/usage";

export type Sample = {
  /** Of the instance that is never killed. */
  memoryBytes: number;
  /** Of the pens, their index included, for each log. */
  penBytesPerLog: number;
  /** Of the index in which what is open is found. */
  openIndexBytes: number;
  entryBytesPerWord: number;
};

const EVERY_MS = 2_000;

/** Looks again and again until the signal fires. */
export async function sample(
  sql: Sql,
  { pid, words, until }: { pid: number; words(): number; until: AbortSignal },
): Promise<Sample[]> {
  const samples: Sample[] = [];
  while (!until.aborted) {
    const [row] = await sql<{ pens: number; logs: number; open: number; entries: number }[]>`
      select pg_total_relation_size('logs')::float8 as pens, (select count(*)::float8 from logs) as logs,
             pg_relation_size('generations_open')::float8 as open,
             pg_total_relation_size('entries')::float8 as entries`;
    if (row) {
      samples.push({
        memoryBytes: usageOf(pid).memoryBytes,
        penBytesPerLog: row.pens / Math.max(row.logs, 1),
        openIndexBytes: row.open,
        entryBytesPerWord: row.entries / Math.max(words(), 1),
      });
    }
    await pause(EVERY_MS);
  }
  return samples;
}
