import type { Database } from "#lib/database/client";
import type { Moments } from "#lib/moments";
import type { OpenLines } from "#lib/open-lines";
import { type Repeated, repeat } from "#lib/repeat";
import { validCredentials } from "./valid-credentials.ts";

/** A line is promised to end within 5 s of the access that it was opened by, on whichever server it is. */
const WATCH_MS = 2_000;

/** Ends the lines of who was signed out, whose key was revoked, or whose account was disabled, wherever that was done. */
export function createAccessWatch({
  database,
  lines,
  moments,
}: {
  database: Database;
  lines: () => Pick<OpenLines, "credentials" | "endHeldBy">;
  moments: Moments;
}): Repeated {
  return repeat({
    async work() {
      const held = lines().credentials();
      if (held.length === 0) return;
      const valid = await validCredentials(database, held);
      const lost = held.map(({ id }) => id).filter((id) => !valid.has(id));
      if (lost.length > 0) lines().endHeldBy(new Set(lost), { reason: "signed-out", retryMs: 0 });
    },
    everyMs: () => WATCH_MS,
    // The lines stay until the database can be asked again. What they would tell comes from it, too.
    onError: (error) => moments.emit("access.unknown", { error }),
  });
}
