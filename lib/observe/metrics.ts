import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Moments } from "#lib/moments";

/** From a word that is told from memory to a statement that waits for a disk. */
const LATENCY_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const ANSWER_SECONDS = [0.5, 1, 2, 5, 10, 20, 40, 80, 160, 320, 640];
const LINE_SECONDS = [1, 10, 30, 60, 120, 240, 300];
const RETENTION_SECONDS = [0.1, 1, 10, 60, 600, 3_600];
const WRITERS = [1, 2, 4, 8, 16, 32, 64, 128];
const BYTES = [64, 256, 1_024, 4_096, 16_384, 65_536, 262_144];

export type Metrics = {
  /** The content type of what `read` resolves to. */
  contentType: string;
  /** All there is to know now, as Prometheus reads it. */
  read(): Promise<string>;
};

/**
 * Counts the moments of this process. Metrics are added and never renamed: dashboards elsewhere know them by name.
 *
 * @param now what is only known by looking
 */
export function createMetrics(
  moments: Moments,
  now: { lines(): number; generations(): number; isListening(): boolean },
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name: `rejoin_${name}`, help, labelNames, registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: Label[] = [],
  ) => new Histogram({ name: `rejoin_${name}`, help, buckets, labelNames, registers });
  const gauge = (name: string, help: string, look: () => number) =>
    new Gauge({
      name: `rejoin_${name}`,
      help,
      registers,
      collect() {
        this.set(look());
      },
    });

  gauge("lines_open", "Event streams and long polls that are open.", now.lines);
  gauge("generations_running", "Generations that this process writes.", now.generations);
  gauge("listening", "1 while wake-ups come at once, 0 while only the poll finds news.", () =>
    now.isListening() ? 1 : 0,
  );

  const claimed = counter("generations_claimed_total", "Attempts that were begun.", ["kind"]);
  moments.on("generation.claimed", ({ attempt }) =>
    claimed.inc({ kind: attempt === 1 ? "first" : "takeover" }),
  );
  const ended = counter("generations_ended_total", "Generations that this process ended.", [
    "outcome",
    "code",
  ]);
  const took = histogram(
    "generation_seconds",
    "From the first attempt of a generation to its end.",
    ANSWER_SECONDS,
    ["outcome"],
  );
  moments.on("generation.ended", ({ outcome, code = "", tookMs }) => {
    ended.inc({ outcome, code });
    took.observe({ outcome }, tookMs / 1_000);
  });
  const lost = counter(
    "leases_lost_total",
    "Answers that were stopped or taken over while this process wrote.",
  );
  moments.on("lease.lost", () => lost.inc());

  const flushed = histogram("flush_seconds", "How long a statement took that appends.", LATENCY_SECONDS);
  const writers = histogram("flush_writers", "Generations in one statement.", WRITERS);
  const bytes = histogram("flush_bytes", "Characters of events in one statement.", BYTES);
  moments.on("log.flushed", (facts) => {
    flushed.observe(facts.tookMs / 1_000);
    writers.observe(facts.writers);
    bytes.observe(facts.bytes);
  });
  const lag = histogram(
    "delivery_lag_seconds",
    "From when an entry is known here to when a reader is given it.",
    LATENCY_SECONDS,
  );
  moments.on("log.delivered", ({ lagMs }) => lag.observe(lagMs / 1_000));

  const opened = counter("lines_opened_total", "Lines that were opened.");
  moments.on("line.opened", () => opened.inc());
  const held = histogram("line_seconds", "How long a line was open.", LINE_SECONDS, ["reason"]);
  moments.on("line.ended", ({ reason = "left", heldMs }) => held.observe({ reason }, heldMs / 1_000));

  const cleared = counter("retention_deleted_total", "What was kept long enough and is gone.", ["what"]);
  moments.on("retention.deleted", ({ what, count }) => cleared.inc({ what }, count));
  const passed = histogram(
    "retention_seconds",
    "How long it took to clear away what was kept long enough.",
    RETENTION_SECONDS,
  );
  moments.on("retention.passed", ({ tookMs }) => passed.observe(tookMs / 1_000));

  const failed = counter("failures_total", "What went wrong and was tried again or told.", ["moment"]);
  for (const moment of [
    "log.append-failed",
    "listen.down",
    "access.unknown",
    "worker.failed",
    "request.failed",
    "retention.failed",
  ] as const)
    moments.on(moment, () => failed.inc({ moment }));

  return { contentType: registry.contentType, read: () => registry.metrics() };
}
