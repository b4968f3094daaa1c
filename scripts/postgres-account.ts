import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { Refusal } from "./refusal.ts";

/** Postgres refuses to run as root, so root runs it as someone else, in one of the `ways`. */
export type PostgresAccount = Identity & { way: (typeof ways)[number] };
export type Identity = { uid: number; gid: number };

// Root may work in a folder that no one else may enter, such as /root. Nobody's folder is opened for that:
// the process keeps one right of root, to pass through folders, or (where containers leave only this one)
// to overlook file modes. `no_setuid_fixup` makes access(2), by which initdb looks for its neighbours, agree.
export const ways = ["plain", "dac_read_search", "dac_override"] as const;

const ROOT_UID = 0;
const PREFERRED_NAMES = ["postgres", "nobody"];

/** A small environment: the person's PG* variables and locale must not reach the cluster. */
const environment = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" } as unknown as NodeJS.ProcessEnv;

/** Starts a program of Postgres, as ourselves when `account` is undefined. */
export function spawnAs(
  account: PostgresAccount | undefined,
  program: string,
  parameters: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  const shared = { ...options, cwd: "/", env: environment };
  if (!account) return spawn(program, parameters, shared);
  const { uid, gid, way } = account;
  if (way === "plain") return spawn(program, parameters, { ...shared, uid, gid });
  const become = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", "--securebits=+no_setuid_fixup"];
  const keep = [`--inh-caps=+${way}`, `--ambient-caps=+${way}`];
  return spawn("setpriv", [...become, ...keep, "--", program, ...parameters], shared);
}

/**
 * Who Postgres must be: undefined when that is ourselves, else the owner of the cluster, or an account without
 * rights when there is no cluster yet.
 */
export function findIdentity(cluster: string): Identity | undefined {
  if (process.getuid?.() !== ROOT_UID) return undefined;
  const stats = statSync(cluster, { throwIfNoEntry: false });
  if (stats && stats.uid !== ROOT_UID) return { uid: stats.uid, gid: stats.gid };
  const found = accountWithoutRights(readFileSync("/etc/passwd", "utf8"));
  if (found) return found;
  throw new Refusal(
    "Postgres does not run as root, and there is no account `postgres` or `nobody`. Set DATABASE_URL.",
  );
}

// initdb insists that its account has a name.
function accountWithoutRights(passwd: string): Identity | undefined {
  const lines = passwd.split("\n").map((line) => line.split(":"));
  const found = PREFERRED_NAMES.map((name) => lines.find((line) => line[0] === name)).find(Boolean);
  return found && { uid: Number(found[2]), gid: Number(found[3]) };
}
