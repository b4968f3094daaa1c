import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#scripts/free-port";
import { ROOT } from "#scripts/settings";
import { type StartedDaemon, startDaemon } from "./daemon.ts";

/** How the instances are found where Compose gives them a name. */
const BY_NAME = /dynamic a rejoin 3000 \{[^}]*\}/;

/** Caddy by `docs/Caddyfile`, in front of these, with a certificate that nobody knows and nothing kept outside its folder. */
export async function startCaddy(appUrl: string, targets: string[]): Promise<StartedDaemon> {
  const file = readFileSync(join(ROOT, "docs/Caddyfile"), "utf8");
  if (!BY_NAME.test(file)) throw new Error("docs/Caddyfile does not say where the instances are");
  const plainPort = await freePort();
  const prepare = (folder: string) => {
    const given = [
      "admin off",
      // Lines are never idle: it would wait for them.
      "grace_period 1s",
      "skip_install_trust",
      "local_certs",
      `storage file_system ${folder}`,
      `http_port ${plainPort}`,
    ];
    const site = file.replace("{$APP_URL}", appUrl).replace(BY_NAME, `to ${targets.join(" ")}`);
    writeFileSync(join(folder, "Caddyfile"), `{\n${given.join("\n")}\n}\n${site}`);
    return ["run", "--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"];
  };
  return startDaemon("caddy", { port: Number(new URL(appUrl).port), prepare });
}
