import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#scripts/free-port";
import { type StartedDaemon, startDaemon } from "./daemon.ts";

/** PgBouncer as its package configures it, but for the mode: a connection to the database is somebody's for one transaction. */
export async function startPgbouncer(databaseUrl: string): Promise<StartedDaemon & { url: string }> {
  const { hostname, port: databasePort, username, password, pathname } = new URL(databaseUrl);
  const port = await freePort();
  const prepare = (folder: string) => {
    const settings = [
      "[databases]",
      `* = host=${hostname} port=${databasePort} user=${username} password=${password}`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${port}`,
      "unix_socket_dir =",
      "auth_type = any",
      "pool_mode = transaction",
    ];
    writeFileSync(join(folder, "pgbouncer.ini"), settings.join("\n"));
    return [join(folder, "pgbouncer.ini")];
  };
  const daemon = await startDaemon("pgbouncer", { port, prepare });
  return { ...daemon, url: `postgres://${username}@127.0.0.1:${port}${pathname}` };
}
