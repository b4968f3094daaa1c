import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Only root may, and whoever did not bring apt has none. */
export const mayUseApt = (): boolean => process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");

/** Where a service manager runs, a daemon's package is started as soon as it is installed, and at each boot from then on. */
export const startsServices = (): boolean => existsSync("/run/systemd/system");

/** Whether it did its work shows in whether the program is there afterwards; what went wrong it says itself. */
export function installByApt(packages: readonly string[]): void {
  // Whoever else installs at the moment is waited for.
  run("apt-get", ["-o", "DPkg::Lock::Timeout=120", "update", "-qq"]);
  run("apt-get", [
    "-o",
    "DPkg::Lock::Timeout=120",
    "install",
    "-y",
    "-qq",
    "--no-install-recommends",
    ...packages,
  ]);
}

export function run(program: string, parameters: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync(program, parameters, { env, stdio: ["ignore", "ignore", "inherit"] });
}
