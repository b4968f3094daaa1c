import { spawn, spawnSync } from "node:child_process";
import { sayReady } from "./say-ready.ts";

/**
 * Keeps a Redis of the system for as long as the bench lives. Arguments: its port and its folder. Says its version
 * when it takes connections, and null if the system has none.
 */
const [port = "", folder = ""] = process.argv.slice(2);
const version = /v=(\S+)/.exec(String(spawnSync("redis-server", ["--version"]).stdout))?.[1];
if (version === undefined) sayReady(null);
else keep(version);

function keep(found: string): void {
  const settings = ["--port", port, "--dir", folder, "--bind", "127.0.0.1", "--save", ""];
  const durability = ["--appendonly", "yes", "--appendfsync", "everysec"];
  const redis = spawn("redis-server", [...settings, ...durability], { stdio: ["ignore", "pipe", "inherit"] });
  redis.stdout.setEncoding("utf8").on("data", (said: string) => {
    if (said.includes("Ready to accept connections")) sayReady(found);
  });
  redis.once("exit", () => process.exit(1));
  process.on("exit", () => redis.kill("SIGKILL"));
  process.on("SIGTERM", () => process.exit());
}
