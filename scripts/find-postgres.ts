import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Binaries } from "./postgres-place.ts";

/** A Postgres as systems bring it, with what the embedded one comes without. */
export type SystemPostgres = Binaries & { version: number; dump: string; restore: string };

const DEBIAN_FOLDER = "/usr/lib/postgresql";
/** The oldest that Rejoin runs on. */
const OLDEST = 15;

/** A Postgres of the system's to test with: the oldest that will do, or one that is installed now, if we may. */
export function findPostgres(say: (line: string) => void): SystemPostgres | undefined {
  const found = installedPostgres();
  if (found || process.getuid?.() !== 0) return found;
  say("No Postgres with pg_dump found; installing one…");
  // In this runlevel Debian starts no services: only the programs are wanted.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  for (const parameters of [["update"], ["install", "-y", "--no-install-recommends", "postgresql"]])
    spawnSync("apt-get", ["-qq", ...parameters], { env, stdio: ["ignore", "ignore", "inherit"] });
  return installedPostgres();
}

export function installedPostgres(): SystemPostgres | undefined {
  const { stdout } = spawnSync("pg_config", ["--bindir"], { encoding: "utf8" });
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER) : [];
  const folders = versions.map((version) => join(DEBIAN_FOLDER, version, "bin"));
  return [...folders, ...(stdout ? [stdout.trim()] : [])]
    .flatMap(postgresIn)
    .filter(({ version }) => version >= OLDEST)
    .toSorted((one, other) => one.version - other.version)[0];
}

/** All of it, or nothing. */
function postgresIn(folder: string): SystemPostgres[] {
  const [postgres, initdb, dump, restore] = ["postgres", "initdb", "pg_dump", "pg_restore"].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  if (![postgres, initdb, dump, restore].every(existsSync)) return [];
  const { stdout } = spawnSync(postgres, ["--version"], { encoding: "utf8" });
  const version = Number(/\(PostgreSQL\) (\d+)/.exec(stdout ?? "")?.[1]);
  return version ? [{ postgres, initdb, dump, restore, version }] : [];
}
