import { parseSettings, type Settings } from "#lib/env";
import { onVercel } from "#lib/vercel";
import { ensureBuilt } from "./ensure-built.ts";
import { onStopSignal } from "./on-stop-signal.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { explain, Refusal } from "./refusal.ts";

// What Vercel runs where others start a server: nothing is started there, so a database is migrated as it is built for.
const stopping = new AbortController();
onStopSignal({ stop: () => stopping.abort(), leave: () => process.exit(130) });

try {
  const { DATABASE_URL, DATABASE_URL_DIRECT, AUTH_SECRET } = readSettings();
  if (!DATABASE_URL) {
    throw new Refusal(
      "DATABASE_URL is not set: on Vercel there is no Postgres of our own. Add one to the project.",
    );
  }
  if (!AUTH_SECRET) throw new Refusal("AUTH_SECRET is not set: set it to 32 or more random characters.");
  const work = { say: console.info, signal: stopping.signal };
  await prepareDatabase(DATABASE_URL_DIRECT ?? DATABASE_URL, work);
  await ensureBuilt(work);
  process.exit();
} catch (error) {
  if (!stopping.signal.aborted) explain(error);
  process.exit(1);
}

function readSettings(): Settings {
  try {
    return parseSettings(onVercel(process.env));
  } catch (error) {
    throw new Refusal((error as Error).message);
  }
}
