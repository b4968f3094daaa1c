import { type StartedServer, startServer as start } from "#e2e/servers";
import type { Context } from "./bench.ts";

/** The product, as `npm start` runs it, in a process of its own on a database of the bench. */
export async function startServer(
  context: Context,
  { databaseUrl, env }: { databaseUrl: string; env?: Record<string, string> },
): Promise<StartedServer> {
  const server = await start({ databaseUrl, ...(env && { env }) });
  context.endWith(server.stop);
  return server;
}
