import { ACCOUNT_LOG, followLogs, readLinePage } from "#lib/conversations/follow-logs";
import { Failure } from "#lib/errors";
import { json, wantsJson } from "#lib/http/answers";
import { eventStream } from "#lib/http/event-stream";
import { heldOpen } from "#lib/http/held-open";
import { linePage } from "#lib/http/line-page";
import { severalLogsFrames } from "#lib/http/log-frames";
import { rejoinedAt } from "#lib/http/place";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";
import { FOLLOWED_LOGS_MAX } from "#lib/protocol/place";

export const GET = route(operations.followLogs, async ({ request, server, accountId, asker, query }) => {
  if (query.log.length > FOLLOWED_LOGS_MAX) {
    throw new Failure("invalid-request", `log: one line carries ${FOLLOWED_LOGS_MAX} logs at most.`);
  }
  const places = rejoinedAt(request, query.log).map(({ log, after }) => ({
    logId: log === ACCOUNT_LOG ? accountId : log,
    after,
  }));
  if (new Set(places.map(({ logId }) => logId)).size < places.length) {
    throw new Failure("invalid-request", "log: each log can be followed once on a line.");
  }
  const nameOf = (logId: string) => (logId === accountId ? ACCOUNT_LOG : logId);
  if (wantsJson(request)) {
    const items = await heldOpen(asker, (leave) =>
      readLinePage(server, { accountId, places, waitMs: query.wait * 1000, leave }),
    );
    return json(linePage(items, nameOf));
  }
  const leave = new AbortController();
  const items = await followLogs(server, { accountId, places, signal: leave.signal });
  return eventStream({ frames: severalLogsFrames(items, { places, nameOf }), leave, asker });
});
