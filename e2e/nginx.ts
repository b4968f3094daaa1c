import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "#scripts/settings";
import { type StartedDaemon, startDaemon } from "./daemon.ts";

/** What the package brings. */
const DEFAULTS = "/etc/nginx/nginx.conf";

/** What anybody writes first. */
export const BARE = "location / { proxy_pass http://127.0.0.1:3000; }";

/** What `docs/proxies.md` says to write. */
export function documented(): string {
  const page = readFileSync(join(ROOT, "docs/proxies.md"), "utf8");
  const [, block] = /```nginx\nserver \{\n(.*?)\n\}\n```/s.exec(page) ?? [];
  if (block === undefined) throw new Error("docs/proxies.md has no server for nginx");
  return block.replace(/^ *(listen|server_name) .*$/gm, "");
}

/**
 * Nginx as its package configures it, but for where it keeps its files, with one server a port.
 *
 * @param servers what stands in each, where `http://127.0.0.1:3000` is `target`
 */
export function startNginx(
  target: string,
  servers: { port: number; text: string }[],
): Promise<StartedDaemon> {
  const prepare = (folder: string) => {
    const sites = servers.map(
      ({ port, text }) =>
        `server { listen 127.0.0.1:${port};\n${text.replaceAll("http://127.0.0.1:3000", target)}\n}`,
    );
    writeFileSync(
      join(folder, "nginx.conf"),
      inFolder(folder, readFileSync(DEFAULTS, "utf8"), sites.join("\n")),
    );
    return ["-e", join(folder, "error.log"), "-c", join(folder, "nginx.conf")];
  };
  return startDaemon("nginx", { port: servers[0]?.port ?? 0, prepare });
}

/** It keeps everything where only root may write. */
function inFolder(folder: string, defaults: string, sites: string): string {
  const kept = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (what) => `${what}_temp_path ${folder}/${what};`,
  );
  return `daemon off;\n${defaults}`
    .replace(/^user .*$/m, "")
    .replace(/^pid .*$/m, `pid ${folder}/nginx.pid;`)
    .replace(/\/var\/log\/nginx/g, folder)
    .replace(/^\s*include \/etc\/nginx\/conf\.d\/.*$/m, kept.join("\n"))
    .replace(/^\s*include \/etc\/nginx\/sites-enabled\/.*$/m, sites);
}
