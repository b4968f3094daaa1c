import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import { spawnAs } from "./postgres-account.ts";
import { type Cluster, openCluster } from "./postgres-cluster.ts";
import { addressOf, becomesReady, connect, type Postmaster } from "./postgres-connection.ts";
import { findLeftOver } from "./postgres-left-over.ts";
import type { Binaries } from "./postgres-place.ts";
import { hasEnded, isAlive } from "./process-facts.ts";
import { Refusal } from "./refusal.ts";

export type Postgres = { url: string; pid: number; stop(): Promise<void> };

type Options = {
  dataDir: string;
  /** Where it must listen; absent: on any free port, so that what others left on one never matters. */
  port?: number;
  onLog?(line: string): void;
  /** Programs of another Postgres than the embedded one. */
  programs?: Binaries;
};

const DATABASE_NAME = "rejoin";
const FAST_STOP_LIMIT_MS = 10_000;
const IMMEDIATE_STOP_LIMIT_MS = 10_000;
const LAUNCH_ATTEMPTS = 8;
const LAUNCH_PAUSE_MS = 50;

const settings = {
  listen_addresses: "127.0.0.1",
  // The path of a socket may be at most 107 bytes long; a data folder's path has no such limit.
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "128MB",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
};

/**
 * Starts the Postgres of a data folder, or takes up the one that a killed process left running there. It has the
 * folder for itself: whoever calls makes sure that no other copy uses it.
 */
export async function startPostgres(options: Options): Promise<Postgres> {
  const cluster = await openCluster(resolve(options.dataDir), options.programs);
  const { pid, port } = (await findLeftOver(cluster, options)) ?? (await launch(cluster, options));
  const stop = () => stopPostmaster(pid);
  try {
    await ensureDatabase(cluster, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: addressOf(cluster, port, DATABASE_NAME), pid, stop };
}

/** Stops the Postgres that a killed process left on a data folder, if there is one. */
export async function stopLeftOver(dataDir: string): Promise<void> {
  if (!existsSync(join(dataDir, "postgres"))) return;
  const left = await findLeftOver(await openCluster(resolve(dataDir)), {});
  if (left) await stopPostmaster(left.pid);
}

async function launch(cluster: Cluster, options: Options): Promise<Postmaster> {
  const logPath = join(resolve(options.dataDir), "postgres.log");
  for (let attempt = 1; ; attempt++) {
    const postmaster = await spawnPostmaster(cluster, options.port ?? (await freePort()), logPath);
    if (await becomesReady(cluster, postmaster)) return postmaster;
    const said = readFileSync(logPath, "utf8").trim();
    // The port was taken meanwhile, or children of a killed postmaster are still on their way out.
    const mayPass = /could not (bind|create any TCP)|is still in use|lock file .* already exists/.test(said);
    if (!mayPass || attempt === LAUNCH_ATTEMPTS)
      throw new Refusal(`The embedded Postgres did not start. ${said}`);
    options.onLog?.(said);
    await pause(attempt * LAUNCH_PAUSE_MS);
  }
}

// In a process group of its own, so that Ctrl-C in the terminal reaches us alone and answers are still saved.
async function spawnPostmaster(cluster: Cluster, port: number, logPath: string): Promise<Postmaster> {
  const log = openSync(logPath, "w", 0o600);
  const given = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const parameters = ["-D", cluster.data, "-p", String(port), ...given];
  const child = spawnAs(cluster.account, cluster.binaries.postgres, parameters, {
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  await once(child, "spawn");
  child.unref();
  return { pid: Number(child.pid), port };
}

async function ensureDatabase(cluster: Cluster, port: number): Promise<void> {
  const sql = connect(cluster, port);
  try {
    const found = await sql`select from pg_database where datname = ${DATABASE_NAME}`;
    if (found.length === 0) await sql`create database ${sql(DATABASE_NAME)}`;
  } finally {
    await sql.end();
  }
}

/** Fast: open transactions are rolled back, everything committed is on disk. If it hangs: without a checkpoint. */
async function stopPostmaster(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, "SIGINT");
  if (await hasEnded(pid, FAST_STOP_LIMIT_MS)) return;
  process.kill(pid, "SIGQUIT");
  if (await hasEnded(pid, IMMEDIATE_STOP_LIMIT_MS)) return;
  throw new Error(`The embedded Postgres (process ${pid}) does not stop.`);
}
