import { followLogs, idleAt, readPage } from "#lib/conversations/follow-logs";
import { json, wantsEvents } from "#lib/http/answers";
import { eventStream } from "#lib/http/event-stream";
import { heldOpen } from "#lib/http/held-open";
import { logFrames, pageBody } from "#lib/http/log-frames";
import { afterOf } from "#lib/http/place";
import { route } from "#lib/http/route";
import { untilIdle } from "#lib/http/until-idle";
import { operations } from "#lib/protocol/operations";

export const GET = route(
  operations.followConversation,
  async ({ request, server, accountId, asker, params, query }) => {
    const { conversationId } = params;
    const after = afterOf(request, query.after);
    if (!wantsEvents(request)) {
      const page = await heldOpen(asker, (leave) =>
        readPage(server, { accountId, conversationId, after, waitMs: query.wait * 1000, leave }),
      );
      return json(pageBody(page));
    }
    const leave = new AbortController();
    const places = [{ logId: conversationId, after }];
    const items = await followLogs(server, { accountId, places, signal: leave.signal });
    const isOver = query.until && untilIdle(() => idleAt(server.database, conversationId));
    return eventStream({ frames: logFrames(items, { isOver }), leave, asker });
  },
);
