import pino, { type Logger } from "pino";
import type { Settings } from "#lib/env";
import type { Moments } from "#lib/moments";
import { messageOf } from "#lib/statement-error";
import { withoutSecrets } from "#lib/without-secrets";

type Out = { write(line: string): void };

/**
 * Where an operator reads: one line of JSON for each moment, or its sentence alone for whoever started this by hand.
 *
 * @param out what the lines are written to, each with its end
 */
export function createLogger(settings: Settings, out: Out = process.stdout): Logger {
  const options = {
    level: settings.LOG_LEVEL,
    base: { service: "rejoin" },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: (error: unknown) => withoutSecrets(error, settings) },
  };
  return pino(options, settings.LOG_FORMAT === "json" ? out : sentences(out));
}

function sentences(out: Out): Out {
  return {
    write(line) {
      const { msg, error } = JSON.parse(line) as { msg: string; error?: string };
      out.write(error === undefined ? `${msg}\n` : `${msg} ${error}\n`);
    },
  };
}

/** Says what an operator wants to read. What is tried again until it works is said once, and then that it works. */
export function logMoments(moments: Moments, logger: Logger): void {
  let isDeaf = false;
  /** Why nothing was written when it was last tried. */
  let standstill: string | undefined;
  const say = (moment: string, facts: object = {}) => ({ moment, ...facts });

  moments.on("listen.down", ({ error }) => {
    const words = "No LISTEN connection; polling instead until it is back.";
    if (!isDeaf) logger.warn(say("listen.down", { error: messageOf(error) }), words);
    isDeaf = true;
  });
  moments.on("listen.up", () => {
    if (isDeaf) logger.info(say("listen.up"), "LISTEN is back.");
    isDeaf = false;
  });
  moments.on("log.append-failed", ({ error }) => {
    const why = messageOf(error);
    const words = "The log could not be written or read; trying again until it can.";
    if (why !== standstill) logger.error(say("log.append-failed", { error: why }), words);
    standstill = why;
  });
  moments.on("log.flushed", () => {
    if (standstill !== undefined) logger.info(say("log.flushed"), "The log is written again.");
    standstill = undefined;
  });
  moments.on("access.unknown", ({ error }) =>
    logger.error(
      say("access.unknown", { error: messageOf(error) }),
      "Who is signed out could not be read; trying again.",
    ),
  );
  moments.on("worker.failed", (facts) =>
    logger.error(say("worker.failed", facts), "The worker failed and goes on."),
  );
  moments.on("request.failed", (facts) =>
    logger.error(say("request.failed", facts), "A request failed, through no fault of whoever asked."),
  );
  moments.on("retention.passed", (facts) => {
    const { deleted, tookMs } = facts;
    const counts = Object.entries(deleted).map(([what, count]) => `${count} ${what}`);
    const words =
      counts.length === 0
        ? "Nothing was old enough to be cleared away."
        : `Cleared away in ${Math.ceil(tookMs / 1_000)} s: ${counts.join(", ")}.`;
    logger[counts.length === 0 ? "debug" : "info"](say("retention.passed", facts), words);
  });
  moments.on("retention.failed", (facts) =>
    logger.error(
      say("retention.failed", facts),
      `Old ${facts.what} could not be cleared away; trying again later.`,
    ),
  );
  moments.on("models.unknown", (facts) =>
    logger.warn(say("models.unknown", facts), `${facts.baseUrl} did not say which models it has.`),
  );
  moments.on("aside.failed", (facts) =>
    logger.warn(say("aside.failed", facts), "A conversation was not named, or no questions were suggested."),
  );
  moments.on("summon.failed", (facts) =>
    logger.warn(
      say("summon.failed", facts),
      "Nobody could be woken to go on with an answer; whoever comes next will.",
    ),
  );
  moments.on("tools.up", (facts) =>
    logger.info(say("tools.up", facts), `${facts.server} offers ${facts.tools} tools.`),
  );
  moments.on("tools.down", (facts) =>
    logger.warn(say("tools.down", facts), `The tools of ${facts.server} are not there; trying again.`),
  );
  moments.on("worker.stopping", (facts) => {
    const { answers, graceMs } = facts;
    if (answers === 0 || graceMs === 0) return;
    const some = answers === 1 ? "1 answer" : `${answers} answers`;
    logger.info(
      say("worker.stopping", facts),
      `Stopping. Up to ${graceMs / 1_000} s for ${some} to end; Ctrl-C again leaves at once.`,
    );
  });
  moments.on("generation.claimed", (facts) => {
    const { generationId, attempt } = facts;
    if (attempt === 1) logger.debug(say("generation.claimed", facts), `Generation ${generationId} begins.`);
    else logger.info(say("takeover", facts), `Generation ${generationId} is taken over, attempt ${attempt}.`);
  });
  moments.on("lease.lost", (facts) =>
    logger.debug(say("lease.lost", facts), `Generation ${facts.generationId} is not ours any more.`),
  );
  moments.on("generation.ended", (facts) => {
    const { generationId, outcome } = facts;
    if (facts.error === undefined)
      logger.debug(say("generation.ended", facts), `Generation ${generationId} is ${outcome}.`);
    else logger.warn(say("generation.ended", facts), `Generation ${generationId} failed.`);
  });
  moments.on("line.opened", () => logger.debug(say("line.opened"), "A line is open."));
  moments.on("line.ended", (facts) => logger.debug(say("line.ended", facts), "A line has ended."));
}
