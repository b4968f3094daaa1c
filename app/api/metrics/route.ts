import { Failure } from "#lib/errors";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.readMetrics, async ({ server: { metrics } }) => {
  if (!metrics) throw new Failure("not-found", "There are no metrics here. METRICS=on makes some.");
  return new Response(await metrics.read(), {
    headers: { "content-type": metrics.contentType, "cache-control": "no-store, no-transform" },
  });
});
