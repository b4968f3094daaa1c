import { statSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { type Cluster, POSTGRES_ACCOUNT_NAME } from "./postgres-cluster.ts";
import { isAlive } from "./process-facts.ts";

/** The process that Postgres is, seen from outside, and the port it listens on. */
export type Postmaster = { pid: number; port: number };

/** After a crash Postgres first replays its log, which may take a while on a slow disk. */
const READY_LIMIT_MS = 120_000;
const ANSWER_LIMIT_SECONDS = 5;
const LOOK_AGAIN_MS = 40;

/** Waits until this very cluster answers; false when the process ended instead, or never answers. */
export async function becomesReady(cluster: Cluster, { pid, port }: Postmaster): Promise<boolean> {
  const deadline = performance.now() + READY_LIMIT_MS;
  while (performance.now() < deadline) {
    if (!isAlive(pid)) return false;
    if (await answers(cluster, port)) return true;
    await pause(LOOK_AGAIN_MS);
  }
  return false;
}

export function connect(cluster: Cluster, port: number): postgres.Sql {
  return postgres(addressOf(cluster, port, "postgres"), { max: 1, connect_timeout: ANSWER_LIMIT_SECONDS });
}

export function addressOf({ password }: Cluster, port: number, database: string): string {
  return `postgres://${POSTGRES_ACCOUNT_NAME}:${password}@127.0.0.1:${port}/${database}`;
}

async function answers(cluster: Cluster, port: number): Promise<boolean> {
  const sql = connect(cluster, port);
  try {
    const [row] = await sql`select current_setting('data_directory') as folder`;
    return isSameFolder(String(row?.folder), cluster.data);
  } catch {
    return false; // Still starting, on its way out, or someone else. The process tells how it goes on.
  } finally {
    await sql.end({ timeout: 0 });
  }
}

// A copied folder brings its password along, so the password alone does not tell two clusters apart.
function isSameFolder(one: string, other: string): boolean {
  const stats = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return stats[0] !== undefined && stats[0].ino === stats[1]?.ino && stats[0].dev === stats[1].dev;
}
