import { startServer } from "#bench/start-server";
import type { StartedServer } from "#e2e/servers";
import type { Place } from "./rounds.ts";

/** Two instances on one database, by their ids. */
export type Instances = {
  databaseUrl: string;
  all: Map<string, StartedServer>;
  /** Starts one again after it was killed. */
  startAgain(id: string): Promise<void>;
};

const IDS = ["left", "right"];

export async function startInstances(
  { context, database }: Place,
  env: Record<string, string>,
): Promise<Instances> {
  const databaseUrl = await database.another();
  const all = new Map<string, StartedServer>();
  const start = async (id: string) => {
    all.set(id, await startServer(context, { databaseUrl, env: { ...env, INSTANCE_ID: id } }));
  };
  await Promise.all(IDS.map(start));
  return { databaseUrl, all, startAgain: start };
}
