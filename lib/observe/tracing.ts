import { env } from "#lib/env";
import { pinned } from "#lib/process";

type Tracing = { stop(): Promise<void> };

/** The traces of this process; what is left is sent when it stops. */
export const tracing = () => pinned<Tracing>("tracing", () => ({ stop: async () => undefined }));

/**
 * Sends traces where OTEL_EXPORTER_OTLP_ENDPOINT says, as the other variables of OpenTelemetry say, and does nothing
 * without it. Next tells of requests, the AI SDK of what it asks, and we of generations.
 */
export async function startTracing(): Promise<void> {
  if (env().OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return;
  // Loaded only by whoever wants it: it is larger than all the rest.
  const [{ NodeSDK }, { OpenTelemetry }, { registerTelemetry }] = await Promise.all([
    import("@opentelemetry/sdk-node"),
    import("@ai-sdk/otel"),
    import("ai"),
  ]);
  const sdk = new NodeSDK({ serviceName: "rejoin", instrumentations: [], metricReaders: [] });
  sdk.start();
  registerTelemetry(new OpenTelemetry());
  tracing().stop = () => sdk.shutdown();
}
