import { json, wantsEvents } from "#lib/http/answers";
import { databaseAheadMs } from "#lib/http/database-clock";
import { eventStream } from "#lib/http/event-stream";
import { afterOf } from "#lib/http/place";
import { route } from "#lib/http/route";
import { ticks } from "#lib/http/ticks";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.checkConnection, async ({ request, server, asker, query }) => {
  if (!wantsEvents(request)) {
    const aheadMs = await databaseAheadMs(server.database);
    return json({ time: new Date().toISOString(), databaseAheadMs: aheadMs });
  }
  const leave = new AbortController();
  const after = afterOf(request, query.after);
  return eventStream({ frames: ticks({ ...query, after }, leave.signal), leave, asker });
});
