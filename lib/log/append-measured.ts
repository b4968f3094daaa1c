import type { Sql } from "postgres";
import type { Moments } from "#lib/moments";
import { type Acknowledged, appendBatches, type Batch } from "./append-batch.ts";

/** Appends, and tells how much that was and how long it took. */
export async function appendMeasured(
  { sql, moments, leaseTtlMs }: { sql: Sql; moments: Moments; leaseTtlMs: number },
  batches: Batch[],
  now: () => number,
): Promise<Acknowledged[]> {
  const askedAtMs = now();
  const acknowledged = await appendBatches(sql, { batches, leaseTtlMs });
  moments.emit("log.flushed", {
    writers: batches.length,
    bytes: batches.reduce((sum, { text }) => sum + (text?.length ?? 0), 0),
    tookMs: now() - askedAtMs,
  });
  return acknowledged;
}
