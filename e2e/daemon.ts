import { spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync } from "node:fs";
import { connect } from "node:net";
import { type Daemon, findDaemon } from "#scripts/find-daemon";
import { findIdentity } from "#scripts/postgres-account";
import { temporaryFolder } from "#scripts/temporary-folder";

const SETPRIV = "/usr/bin/setpriv";
const START_LIMIT_MS = 10_000;

export type StartedDaemon = { stop(): Promise<void> };

/**
 * Runs somebody else's daemon as an account without rights, in the foreground and in a folder of its own, until it is
 * stopped or this process is gone.
 *
 * @param prepare writes its configuration into the folder and says what it is started with
 */
export async function startDaemon(
  name: Daemon,
  { port, prepare }: { port: number; prepare: (folder: string) => string[] },
): Promise<StartedDaemon> {
  const program = findDaemon(name);
  const folder = await temporaryFolder();
  const parameters = prepare(folder.path);
  const account = findIdentity(folder.path);
  if (account) chownSync(folder.path, account.uid, account.gid);
  const become = account ? [`--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups"] : [];
  const [first = "", ...rest] = existsSync(SETPRIV)
    ? [SETPRIV, "--pdeathsig=TERM", ...become, "--", program, ...parameters]
    : [program, ...parameters];
  const child = spawn(first, rest, { cwd: folder.path, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (said += piece));
  const exited = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
    await folder.remove();
  };
  const isUp = await Promise.race([answers(port), exited.then(() => false)]);
  if (!isUp) {
    await stop();
    throw new Error(`${name} did not start:\n${said}`);
  }
  return { stop };
}

/** Whether somebody takes connections at a port, in time. */
async function answers(port: number): Promise<boolean> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (performance.now() < deadline) {
    const socket = connect(port, "127.0.0.1");
    const isThere = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    });
    socket.destroy();
    if (isThere) return true;
  }
  return false;
}
