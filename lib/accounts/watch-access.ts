import type { Credential } from "#lib/asker";
import type { Database } from "#lib/database/client";
import type { Moments } from "#lib/moments";
import type { OpenLines } from "#lib/open-lines";
import { type Repeated, repeat } from "#lib/repeat";
import { validCredentials } from "./valid-credentials.ts";

/** A line is promised to end within 5 s of the access that it was opened by, on whichever server it is. */
const WATCH_MS = 2_000;

/**
 * Ends the lines of who was signed out, whose key was revoked, whose link was taken back, or whose account was disabled,
 * wherever that was done.
 */
export function createAccessWatch({
  database,
  lines,
  openShares,
  moments,
}: {
  database: Database;
  /** Those of these links that lead somewhere. */
  openShares(shareTokens: string[]): Promise<Set<string>>;
  lines: () => Pick<OpenLines, "credentials" | "endHeldBy">;
  moments: Moments;
}): Repeated {
  return repeat({
    async work() {
      const held = lines().credentials();
      if (held.length === 0) return;
      const [links, others] = [held.filter(isLink), held.filter((by) => !isLink(by))];
      const [open, valid] = await Promise.all([
        openShares(links.map(({ id }) => id)),
        validCredentials(database, others),
      ]);
      const lost = (all: Credential[], kept: Set<string>) =>
        new Set(all.map(({ id }) => id).filter((id) => !kept.has(id)));
      lines().endHeldBy(lost(others, valid), { reason: "signed-out", retryMs: 0 });
      lines().endHeldBy(lost(links, open), { reason: "share-ended", retryMs: 0 });
    },
    everyMs: () => WATCH_MS,
    // The lines stay until the database can be asked again. What they would tell comes from it, too.
    onError: (error) => moments.emit("access.unknown", { error }),
  });
}

const isLink = ({ kind }: Credential) => kind === "share";
