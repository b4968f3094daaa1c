import { existsSync } from "node:fs";
import { installByApt, mayUseApt, startsServices } from "./apt.ts";
import { Refusal } from "./refusal.ts";

/** Others' programs that people put around Rejoin, by the Debian package of the same name. They are needed by tests alone. */
export const DAEMONS = ["caddy", "nginx", "pgbouncer"] as const;
export type Daemon = (typeof DAEMONS)[number];

const FOLDERS = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin"];

/**
 * Where it is. One that is missing is installed where that starts no service on the machine.
 *
 * @throws a refusal that names the package
 */
export function findDaemon(name: Daemon): string {
  if (!installed(name)) installDaemons(console.info);
  const found = installed(name);
  if (found) return found;
  throw new Refusal(
    `There is no ${name} to test with, and none could be installed. Install the package ${name}; it need not run.`,
  );
}

/** Installs what is missing, where it may. */
export function installDaemons(say: (line: string) => void): void {
  const missing = DAEMONS.filter((name) => !installed(name));
  if (missing.length === 0 || !mayUseApt() || startsServices()) return;
  say(`Installing ${missing.join(", ")} to test with…`);
  installByApt(missing);
}

// They stand in folders that only root has in its PATH.
const installed = (name: Daemon) => FOLDERS.map((folder) => `${folder}/${name}`).find(existsSync);
