import type { Context } from "#bench/bench";
import { type BenchDatabase, startDatabase } from "#bench/start-database";
import { startServer } from "#bench/start-server";
import type { StartedServer } from "#e2e/servers";
import { type Outside, startOutside } from "./start-outside.ts";
import type { Verdict } from "./world.ts";

/** What stays from run to run: a Postgres, and people with a provider. Servers are new for each. */
export type Place = { context: Context; database: BenchDatabase; outside: Outside };

export const PROMPT = "Say as much as you like.";

export async function startPlace(context: Context): Promise<Place> {
  const database = await startDatabase(context);
  return { context, database, outside: await startOutside(context) };
}

/** So many servers on one empty database, whose model is the provider outside. */
export async function startServers(
  { context, database }: Place,
  { count, providerUrl }: { count: number; providerUrl: string },
): Promise<{ servers: StartedServer[]; databaseUrl: string }> {
  const databaseUrl = await database.another();
  const env = { OPENAI_COMPATIBLE_BASE_URL: providerUrl, OPENAI_COMPATIBLE_MODELS: "paced" };
  const servers = await Promise.all(
    Array.from({ length: count }, () => startServer(context, { databaseUrl, env })),
  );
  return { servers, databaseUrl };
}

/** Anything but 0 is a promise broken. */
export const missedIn = ({ gaps, doubles, lostWords, doubledWords, endedEarly }: Verdict): number =>
  gaps + doubles + lostWords + doubledWords + endedEarly;
