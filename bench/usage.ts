import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** What a process has cost up to now. */
export type Usage = { cpuMs: number; memoryBytes: number };

const KIB = 1024;

/** Linux counts in hundredths of a second for whoever reads /proc, whatever it counts in itself. */
const TICK_MS = 10;

/** CPU and resident memory of a process. */
export function usageOf(pid: number): Usage {
  if (!existsSync("/proc/self/stat")) return usageByPs(pid);
  const { ownTicks } = readStat(pid);
  const memory = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return { cpuMs: ownTicks * TICK_MS, memoryBytes: Number(memory?.[1] ?? 0) * KIB };
}

/** CPU of a process, of its children, and of those that it had; undefined where that cannot be told. */
export function familyCpuMs(pid: number): number | undefined {
  if (!existsSync("/proc/self/stat")) return undefined;
  const { ownTicks, goneTicks } = readStat(pid);
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStatIfAlive(Number(name)))
    .filter((stat) => stat?.parent === pid);
  const ticks = children.reduce((sum, child) => sum + (child?.ownTicks ?? 0), ownTicks + goneTicks);
  return ticks * TICK_MS;
}

/** Who started a process; undefined where that cannot be told. */
export function parentOf(pid: number): number | undefined {
  return readStatIfAlive(pid)?.parent;
}

type Stat = { parent: number; ownTicks: number; goneTicks: number };

/** `man 5 proc_pid_stat`. The name of the program is in parentheses and may hold anything, so we start after it. */
function readStat(pid: number): Stat {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const field = (number: number) => Number(fields[number - 3]);
  return { parent: field(4), ownTicks: field(14) + field(15), goneTicks: field(16) + field(17) };
}

function readStatIfAlive(pid: number): Stat | undefined {
  try {
    return readStat(pid);
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

/** `12:34.56`, and days or hours before it where they are needed. */
function usageByPs(pid: number): Usage {
  const [rss = "0", time = "0"] = execFileSync("ps", ["-o", "rss=,time=", "-p", String(pid)], {
    encoding: "utf8",
  })
    .trim()
    .split(/\s+/);
  const seconds = time.split(/[:-]/).reduce((sum, part) => sum * 60 + Number(part), 0);
  return { cpuMs: seconds * 1_000, memoryBytes: Number(rss) * KIB };
}
