import { type StartedServer, startServer as start } from "#e2e/servers";
import type { Context } from "./bench.ts";

/** One account of a bench does what many people do. */
const NO_LIMITS = {
  PROMPTS_PER_MINUTE: "1000000",
  GENERATIONS_PER_ACCOUNT: "1000000",
  TITLE_MODEL: "off",
  FOLLOW_UPS: "off",
  LINES_PER_ACCOUNT: "1000000",
};

/** The product, as `npm start` runs it, in a process of its own on a database of the bench. */
export async function startServer(
  context: Context,
  { databaseUrl, env }: { databaseUrl: string; env?: Record<string, string> },
): Promise<StartedServer> {
  const server = await start({ databaseUrl, env: { ...NO_LIMITS, ...env } });
  context.endWith(server.stop);
  return server;
}
