import { execFileSync } from "node:child_process";

/** Files and connections that a process may have open here. Node takes as many as it is allowed. */
export function fileLimit(): number {
  const said = execFileSync("sh", ["-c", "ulimit -Hn"], { encoding: "utf8" }).trim();
  return said === "unlimited" ? Number.POSITIVE_INFINITY : Number(said);
}
