import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { PINNED_NODE } from "#scripts/settings";
import type { Context } from "./bench.ts";

/**
 * Starts a script of ours in a process of its own, which says something once it is ready (`say-ready.ts`), and ends
 * with us, however we end.
 */
export async function startProcess<Ready>(
  context: Context,
  script: string,
  args: string[] = [],
): Promise<{ ready: Ready; child: ChildProcess }> {
  const child = spawn(PINNED_NODE, ["--disable-warning=ExperimentalWarning", script, ...args], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  context.endWith(async () => {
    child.kill();
    await exited;
  });
  const ended = exited.then(([code]) => Promise.reject(new Error(`${script} ended with ${code}`)));
  const [message] = (await Promise.race([once(child, "message"), ended])) as [{ ready: Ready }];
  return { ready: message.ready, child };
}
