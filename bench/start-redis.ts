import { join } from "node:path";
import { freePort } from "#scripts/free-port";
import { temporaryFolder } from "#scripts/temporary-folder";
import type { Context } from "./bench.ts";
import { startProcess } from "./start-process.ts";

/** The address of a Redis of the bench's own, with an append-only file; undefined if the system has no Redis. */
export async function startRedis(context: Context): Promise<string | undefined> {
  const folder = await temporaryFolder();
  context.endWith(folder.remove);
  const port = await freePort();
  const script = join(import.meta.dirname, "redis.process.ts");
  const { ready } = await startProcess<string | null>(context, script, [String(port), folder.path]);
  if (ready === null) return undefined;
  context.uses("Redis", ready);
  return `redis://127.0.0.1:${port}`;
}

export const NO_REDIS = "There is no redis-server on this machine's PATH, so resumable-stream was left out.";
