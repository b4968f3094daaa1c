import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { arch, availableParallelism, cpus, loadavg, release, tmpdir, totalmem, type } from "node:os";
import { join } from "node:path";
import { percentilesOf } from "./spread.ts";

/** What the figures were taken on. Ratios travel to other machines; figures do not. */
export type Machine = {
  cpu: string;
  cores: number;
  memoryGiB: number;
  os: string;
  node: string;
  /** How long the disk takes to make a small write durable: every commit waits for one. */
  fdatasyncMs: number;
  /** What else the machine was doing: the mean of runnable tasks in the minute before. */
  load: number;
};

const GIB = 1024 ** 3;
const SYNCS = 200;
const SYNC_BYTES = 8 * 1024;

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / GIB),
    os: `${type()} ${release()} ${arch()}`,
    node: process.version,
    fdatasyncMs: measureSync(),
    load: Number(loadavg()[0]?.toFixed(2)),
  };
}

// Where embedded databases of benches lie, too.
function measureSync(): number {
  const folder = mkdtempSync(join(tmpdir(), "rejoin-sync-"));
  const file = openSync(join(folder, "written"), "w");
  const page = Buffer.alloc(SYNC_BYTES, 1);
  const times = Array.from({ length: SYNCS }, () => {
    const startedAtMs = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    return performance.now() - startedAtMs;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return Number(percentilesOf(times).p50.toFixed(3));
}
