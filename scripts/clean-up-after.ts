import { rm } from "node:fs/promises";
import { ownDataFolder } from "./own-data-folder.ts";
import { stopLeftOver } from "./postgres.ts";

// Runs beside tests, with their data folder as its argument, and waits for its input to end: that happens when
// they are over, and also when they were killed.
const [dataDir = ""] = process.argv.slice(2);
/** A server that lost whoever started it is on its way out, and first saves what it is doing. */
const SERVER_STOP_LIMIT_MS = 30_000;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});
process.stdin.resume().once("end", async () => {
  await ownDataFolder(dataDir, SERVER_STOP_LIMIT_MS);
  await stopLeftOver(dataDir);
  await rm(dataDir, { recursive: true });
});
