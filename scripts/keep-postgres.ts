import { setTimeout as pause } from "node:timers/promises";
import { type Postgres, startPostgres } from "./postgres.ts";
import { isAlive } from "./process-facts.ts";

const LOOK_MS = 500;

/** The embedded Postgres for as long as we run: should it be killed, it is started again at the same address. */
export async function keepPostgres(options: {
  dataDir: string;
  say(line: string): void;
}): Promise<{ url: string; stop(): Promise<void> }> {
  const { dataDir, say } = options;
  let running = await startPostgres({ dataDir });
  const { url } = running;
  let isStopping = false;

  const keep = async () => {
    while (!isStopping) {
      await pause(LOOK_MS, undefined, { ref: false });
      if (isStopping || isAlive(running.pid)) continue;
      say("Postgres ended unasked. Starting it again…");
      running = await startAgain(running, { dataDir, port: Number(new URL(url).port), say });
    }
  };
  const kept = keep();
  return {
    url,
    stop: async () => {
      isStopping = true;
      const stopped = running.stop(); // At once: whoever is in a hurry does not wait for what follows.
      await kept;
      await stopped;
      await running.stop();
    },
  };
}

async function startAgain(
  before: Postgres,
  { dataDir, port, say }: { dataDir: string; port: number; say(line: string): void },
): Promise<Postgres> {
  try {
    return await startPostgres({ dataDir, port });
  } catch (error) {
    say((error as Error).message);
    return before; // It is still not alive, so the next look tries again.
  }
}
