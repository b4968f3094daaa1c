import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test as base, expect } from "@playwright/test";
import { signInAsGuest } from "./api.ts";
import { PARROT_MODEL, startParrot, taughtBy } from "./parrot.ts";
import { type StartedServer, startServer } from "./servers.ts";
import { ended } from "./stored.ts";

type Span = {
  name: string;
  traceId: string;
  parentSpanId?: string;
  attributes: { key: string; value: object }[];
};
type Collector = { url: string; spans(): Span[] };

/** Where traces are sent, by OpenTelemetry's own protocol over HTTP. */
const test = base.extend<{ collector: Collector; observed: StartedServer }>({
  collector: async ({ browserName: _ }, use) => {
    const spans: Span[] = [];
    const server = createServer(async (request, response) => {
      let text = "";
      for await (const piece of request.setEncoding("utf8")) text += piece;
      const sent = JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
      spans.push(...sent.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((one) => one.spans)));
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await use({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      spans: () => spans,
    });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },

  observed: async ({ collector }, use) => {
    const parrot = await startParrot();
    const server = await startServer({
      env: {
        ...taughtBy(parrot),
        TITLE_MODEL: PARROT_MODEL,
        FOLLOW_UPS: "on",
        METRICS: "on",
        LOG_FORMAT: "json",
        LOG_LEVEL: "debug",
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
        OTEL_BSP_SCHEDULE_DELAY: "200",
      },
    });
    await use(server);
    await server.stop();
    await parrot.stop();
  },
});

/** Words that stand in no setting and in no name of ours. */
const SAID = "herons at dusk";

test("an answer is seen in the lines of the log, in the metrics, and as one trace", async ({
  collector,
  observed,
}) => {
  const api = await signInAsGuest(observed.url);
  const { id } = await api.create();
  const line = await api.events(id);
  await api.send(id, SAID);
  await ended(api, id);
  line.leave();

  const lines = observed
    .output()
    .split("\n")
    .filter((one) => one.startsWith("{"))
    .map((one) => JSON.parse(one) as { moment: string });
  for (const moment of ["generation.claimed", "generation.ended", "line.opened"])
    expect(lines).toContainEqual(expect.objectContaining({ moment, service: "rejoin" }));

  const metrics = await fetch(`${observed.url}/api/metrics`);
  expect(metrics.headers.get("content-type")).toContain("text/plain");
  const text = await metrics.text();
  expect(text).toContain('rejoin_generations_ended_total{outcome="completed",code=""} 1');
  for (const name of ["rejoin_flush_seconds_count", "rejoin_lines_opened_total", "rejoin_listening"])
    expect(text).toMatch(new RegExp(`^${name} [1-9]`, "m"));
  expect(text, "who asks what is nobody's business").not.toContain(id);
  expect(observed.output()).not.toContain(SAID);

  const generation = () => collector.spans().find(({ name }) => name === "rejoin.generation");
  await expect.poll(generation).toBeTruthy();
  const asked = () =>
    collector
      .spans()
      .filter(({ name, traceId }) => name !== "rejoin.generation" && traceId === generation()?.traceId);
  await expect.poll(() => asked().length, "what is asked of the model is part of it").toBeGreaterThan(0);
  const traced = () => JSON.stringify(collector.spans());
  await expect.poll(traced, "also what is asked beside the answer").toContain('"aside"');
  expect(traced(), "what is said is told to nobody").not.toContain(SAID);
});
