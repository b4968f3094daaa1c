import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Cluster } from "./postgres-cluster.ts";
import { becomesReady, type Postmaster } from "./postgres-connection.ts";
import { commandOf, isAlive } from "./process-facts.ts";
import { Refusal } from "./refusal.ts";

/** The postmaster that still lives on a cluster, because the process that started it was killed. */
export async function findLeftOver(
  cluster: Cluster,
  { onLog }: { onLog?(line: string): void },
): Promise<Postmaster | undefined> {
  const path = join(cluster.data, "postmaster.pid");
  if (!statSync(path, { throwIfNoEntry: false })) return undefined;
  const lines = readFileSync(path, "utf8").split("\n");
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !isAlive(pid)) return undefined; // Postgres itself clears such a file away.
  if (isOtherProcess(pid, cluster.data)) {
    onLog?.(`postmaster.pid names process ${pid}, which is not this Postgres.`);
    // The number was given to another process since. Postgres takes a file with the number of its own parent for
    // stale, and still makes sure that no child of the old postmaster lives, which it could not without the file.
    writeFileSync(path, [process.pid, ...lines.slice(1)].join("\n"));
    return undefined;
  }
  if (await becomesReady(cluster, { pid, port })) return { pid, port };
  if (!isAlive(pid)) return undefined;
  throw new Refusal(`A Postgres (process ${pid}) holds ${cluster.data} and does not answer. Stop it.`);
}

// When in doubt it is the same: two postmasters on one folder would destroy it.
function isOtherProcess(pid: number, data: string): boolean {
  const command = commandOf(pid);
  if (command[0] === undefined) return false;
  if (!/(^|\/)postgres( |$)/.test(command[0])) return true;
  const theirs = statSync(command[command.indexOf("-D") + 1] ?? "", { throwIfNoEntry: false });
  const ours = statSync(data);
  return theirs !== undefined && (theirs.ino !== ours.ino || theirs.dev !== ours.dev);
}
