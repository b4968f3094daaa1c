import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { Refusal } from "./refusal.ts";

/** Postgres refuses to run as root, so root runs it as someone else, in one of the `ways`. */
export type PostgresAccount = { uid: number; gid: number; way: Way };

// Root may work in a folder that no one else may enter, such as /root. Nobody's folder is opened for that:
// the process keeps one right of root, to pass through folders, or (where containers leave only this one)
// to overlook file modes. `no_setuid_fixup` makes access(2), by which initdb looks for its neighbours, agree.
const ways = ["plain", "dac_read_search", "dac_override"] as const;
type Way = (typeof ways)[number];

const ROOT = 0;
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
 * Whom Postgres shall run as: undefined when that is ourselves, the owner of the cluster when there is one,
 * else an account without rights. `reaches` says whether an account gets at all it needs.
 */
export async function chooseAccount(
  cluster: string,
  reaches: (account: PostgresAccount) => Promise<boolean>,
): Promise<PostgresAccount | undefined> {
  if (process.getuid?.() !== ROOT) return undefined;
  const identity = ownerOf(cluster) ?? accountWithoutRights(readFileSync("/etc/passwd", "utf8"));
  if (!identity)
    throw new Refusal(`Postgres does not run as root, and there is no account to run it as. ${REMEDY}`);
  for (const way of ways) {
    const account = { ...identity, way };
    if (await reaches(account)) return account;
  }
  throw new Refusal(`Postgres does not run as root, and other accounts cannot enter this folder. ${REMEDY}`);
}

const REMEDY = "Run Rejoin as another account, move it to a folder that all may enter, or set DATABASE_URL.";

/** The account of /etc/passwd that suits Postgres best. initdb insists that it has a name there. */
export function accountWithoutRights(passwd: string): { uid: number; gid: number } | undefined {
  const lines = passwd.split("\n").map((line) => line.split(":"));
  const found = PREFERRED_NAMES.map((name) => lines.find((line) => line[0] === name)).find(Boolean);
  return found && { uid: Number(found[2]), gid: Number(found[3]) };
}

function ownerOf(cluster: string): { uid: number; gid: number } | undefined {
  const stats = statSync(cluster, { throwIfNoEntry: false });
  return stats && stats.uid !== ROOT ? { uid: stats.uid, gid: stats.gid } : undefined;
}
