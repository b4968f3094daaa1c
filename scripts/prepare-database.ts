import { setTimeout as pause } from "node:timers/promises";
import { migrate } from "#lib/database/migrate";
import { leapIfRestored } from "#lib/generations/leap-if-restored";
import { Refusal } from "./refusal.ts";

/** A database that starts together with us, as in a compose file, may need a moment. */
const PATIENCE_MS = 30_000;
const LOOK_AGAIN_MS = 500;

const UNREACHABLE =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|CONNECT_TIMEOUT|57P03)$/;
/** Wrong name or password, no such database, no right to it. */
const REFUSED = /^(28...|3D000|42501)$/;

/** Migrates the database; waits for one that is not there yet, and refuses with what is wrong. */
export async function prepareDatabase(
  url: string,
  { say, signal }: { say(line: string): void; signal: AbortSignal },
): Promise<void> {
  const { host } = new URL(url);
  const deadline = performance.now() + PATIENCE_MS;
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      await migrate(url);
      if (await leapIfRestored(url)) say("This database was restored from a backup: readers load it anew.");
      return;
    } catch (error) {
      const { code, message } = rootOf(error);
      if (code && REFUSED.test(code))
        throw new Refusal(`The database at ${host} says: ${message}. Check DATABASE_URL.`);
      if (!code || !UNREACHABLE.test(code)) throw error;
      if (performance.now() > deadline) {
        throw new Refusal(`The database at ${host} cannot be reached (${code}). Check DATABASE_URL.`);
      }
      if (attempt === 1) say(`Waiting for the database at ${host}…`);
      await pause(LOOK_AGAIN_MS);
    }
  }
}

// Drizzle wraps what Postgres said.
function rootOf(error: unknown): { code?: string; message: string } {
  const { cause } = error as Error;
  return cause instanceof Error ? rootOf(cause) : (error as Error);
}
