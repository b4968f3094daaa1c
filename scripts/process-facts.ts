import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const LOOK_AGAIN_MS = 20;

/** Whether a process with this number exists and has not ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists and belongs to another account.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return !isZombie(pid);
}

/** Waits until the process has ended; false when it still lives after `limitMs`. */
export async function hasEnded(pid: number, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await pause(LOOK_AGAIN_MS);
  }
  return true;
}

/**
 * The program and arguments of a process; empty when it is not there or may not be asked. Without a /proc
 * they are all in one word.
 */
export function commandOf(pid: number): string[] {
  const line = readProcess(pid, "cmdline");
  if (line !== undefined) return line.split("\0").slice(0, -1);
  if (process.platform === "linux") return [];
  try {
    const options = { encoding: "utf8", stdio: "pipe" } as const;
    return [execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], options).trim()];
  } catch {
    return []; // `ps` fails when there is no such process, which is the answer.
  }
}

// Nobody may be there to collect an orphan: in a container the first process often does not.
// It has ended all the same, though its number still answers.
function isZombie(pid: number): boolean {
  const stat = readProcess(pid, "stat");
  return stat !== undefined && /^\d+ \(.*\) [ZX] /s.test(stat);
}

function readProcess(pid: number, file: "cmdline" | "stat"): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return undefined; // No such process, or no /proc on this system.
  }
}
