import { env } from "#lib/env";
import type { Moments } from "#lib/moments";
import { withoutSecrets } from "#lib/without-secrets";

/** What an operator wants to read. The poll makes a lost LISTEN harmless, so it is said once and not each time. */
export function printMoments(moments: Moments): void {
  let isDeaf = false;
  moments.on("listen.down", ({ error }) => {
    if (!isDeaf) console.warn("No LISTEN connection; polling instead until it is back.", messageOf(error));
    isDeaf = true;
  });
  moments.on("listen.up", () => {
    if (isDeaf) console.info("LISTEN is back.");
    isDeaf = false;
  });
  moments.on("log.append-failed", ({ error }) =>
    console.error("The log could not be written or read; trying again.", messageOf(error)),
  );
  moments.on("access.unknown", ({ error }) =>
    console.error("Who is signed out could not be read; trying again.", messageOf(error)),
  );
  moments.on("aside.failed", ({ error }) =>
    console.warn(
      "A conversation was not named, or no questions were suggested.",
      withoutSecrets(error, env()),
    ),
  );
  moments.on("worker.failed", ({ error }) =>
    console.error("The worker failed and goes on.", withoutSecrets(error, env())),
  );
  moments.on("worker.stopping", ({ answers, graceMs }) => {
    if (answers === 0 || graceMs === 0) return;
    const some = answers === 1 ? "1 answer" : `${answers} answers`;
    console.info(`Stopping. Up to ${graceMs / 1_000} s for ${some} to end; Ctrl-C again leaves at once.`);
  });
  moments.on("generation.ended", ({ generationId, error }) => {
    if (error === undefined) return;
    console.warn(`Generation ${generationId} failed.`, withoutSecrets(error, env()));
  });
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
